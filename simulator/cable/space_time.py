"""Space-time traces: what a run of a cable gives back, at every place and time."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.cable.channels import Channels, Floats, gates_along
from simulator.cable.kernel import Chain
from simulator.measurements import SPIKE_MV, UPSTROKE_V_S, summit
from simulator.quantity import Quantity, check_number, checked
from simulator.recording import Column, Recording, check_time

#: With fewer Na channels than this share ready to open, squid membrane at 18.5 degrees C starts
#: no second wave at 25 times the threshold: h was 0.24 at the last interval without a second
#: wave, 2.00 ms, and 0.32 at the first with one, 2.25 ms.
REFRACTORY_AVAILABLE = 0.28
AVAILABLE = Quantity(
    "available", "", 0.0, 1.0, REFRACTORY_AVAILABLE, "Share of Na channels that can be opened."
)


class Wave(NamedTuple):
    """A spike that passes a place: when it comes, and how high it rises there."""

    arrival_ms: float
    peak_mv: float


class Zone(NamedTuple):
    """A stretch of a cable."""

    from_mm: float
    to_mm: float

    @property
    def length_mm(self) -> float:
        """How long it is."""
        return self.to_mm - self.from_mm


@dataclass(eq=False)
class SpaceTimeTrace:
    """A run of a chain of compartments.

    Attributes:
        chain: The compartments.
        dt_ms: Time between two samples.
        voltage_mv: The potential, (samples, N), in mV.
    """

    chain: Chain
    dt_ms: float
    voltage_mv: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.voltage_mv)

    @property
    def duration_ms(self) -> float:
        """Time of the last sample."""
        return (len(self) - 1) * self.dt_ms

    @property
    def x_mm(self) -> Floats:
        """Where the compartments lie, (N,) in mm."""
        return self.chain.x_mm

    def axial_ua(self, joint: int) -> Floats:
        """Current from compartment `joint` to the next in uA, (samples,), positive rightward.

        Raises:
            ValueError: there is no such joint, counted from 0.
        """
        check_number("joint", joint, 0, len(self.chain) - 2)
        v = self.voltage_mv
        drop = v[:, joint].astype(np.float64) - v[:, joint + 1]
        return np.asarray(drop * self.chain.axial_ms[joint])

    def sample(self, time_ms: float) -> int:
        """The sample nearest to `time_ms`.

        Raises:
            ValueError: the time is outside the run.
        """
        return round(check_time(time_ms, self.duration_ms) / self.dt_ms)

    def voltage_at(self, time_ms: float) -> Floats:
        """The potential along the chain at a time, (N,) in mV.

        Raises:
            ValueError: the time is outside the run.
        """
        return np.asarray(self.voltage_mv[self.sample(time_ms)], np.float64)

    def axial_at(self, time_ms: float) -> Floats:
        """Current from each compartment to the next at a time, (N-1,) in uA, positive rightward.

        Raises:
            ValueError: the time is outside the run.
        """
        return np.asarray(-np.diff(self.voltage_at(time_ms)) * self.chain.axial_ms)

    def gates_at(self, time_ms: float) -> Floats:
        """m, h, n and the available share of the Na channels at a time, (4, N).

        The available share is of the channels that activation can open; most often it is h.
        Where there are no voltage-gated channels all four are 0.

        Raises:
            ValueError: the time is outside the run.
        """
        sample = self.sample(time_ms)
        gates = np.zeros((4, len(self.chain)))
        for channels in self.chain.channels:
            v = self.voltage_mv[: sample + 1, channels.sites]
            gates[:, channels.sites] = deque(gates_along(channels, v, self.dt_ms), maxlen=1)[0]
        return gates

    def refractory_zones(
        self, time_ms: float, available: float = REFRACTORY_AVAILABLE
    ) -> tuple[Zone, ...]:
        """Where the membrane is absolutely refractory at a time.

        These are the stretches of voltage-gated channels in which no more than `available` of
        the Na channels can be opened.

        Raises:
            ValueError: the time is outside the run, or `available` is no share.
        """
        AVAILABLE.check(available)
        with_channels = np.zeros(len(self.chain), bool)
        for channels in self.chain.channels:
            with_channels[channels.sites] = True
        short = with_channels & (self.gates_at(time_ms)[3] < available)
        ends = np.flatnonzero(np.diff(short, prepend=False, append=False)).reshape(-1, 2)
        low_mm, high_mm = self.chain.reach_mm
        edges_mm = [low_mm, *((self.x_mm[1:] + self.x_mm[:-1]) / 2.0).tolist(), high_mm]
        return tuple(Zone(edges_mm[start], edges_mm[end]) for start, end in ends)

    def compartment(self, x_mm: float) -> int:
        """The compartment nearest to `x_mm`.

        Raises:
            ValueError: the chain does not reach there.
        """
        self.chain.check_place(x_mm)
        return int(np.argmin(np.abs(self.x_mm - x_mm)))

    def waves(self, x_mm: float) -> tuple[Wave, ...]:
        """The spikes that pass the compartment nearest to `x_mm`, in order.

        As in a patch, a spike crosses -20 mV upward and is steeper than 10 V/s on its way to
        the peak. Record away from a stimulus: under an electrode its current counts as well.

        Raises:
            ValueError: the chain does not reach there.
        """
        v = self.voltage_mv[:, self.compartment(x_mm)].astype(np.float64)
        above = v >= SPIKE_MV
        ups = np.flatnonzero(above[1:] & ~above[:-1]).tolist()
        samples = array("d", v)
        waves = []
        for up, end in zip(ups, [*ups[1:], len(v) - 1], strict=False):
            peak = up + int(np.argmax(v[up : end + 1]))
            if peak == up or np.max(np.diff(v[up : peak + 1])) < UPSTROKE_V_S * self.dt_ms:
                continue
            share = (SPIKE_MV - v[up]) / (v[up + 1] - v[up])
            waves.append(Wave(float(up + share) * self.dt_ms, _height(samples, peak)))
        return tuple(waves)

    def velocity_m_s(self, from_mm: float, to_mm: float) -> float | None:
        """How fast the first spike goes from one place to another, in m/s.

        None where no spike reaches both, or spikes reach both at once; negative where it comes
        to `to_mm` first.

        Raises:
            ValueError: the places lie in one compartment, or outside the chain.
        """
        start, end = self.compartment(from_mm), self.compartment(to_mm)
        if start == end:
            raise ValueError(f"{from_mm:g} and {to_mm:g} mm lie in one compartment")
        first, last = self.waves(from_mm), self.waves(to_mm)
        if not first or not last:
            return None
        took_ms = last[0].arrival_ms - first[0].arrival_ms
        return float(self.x_mm[end] - self.x_mm[start]) / took_ms if took_ms else None

    def probe(self, x_mm: float) -> Probe:
        """The recording of the compartment nearest to `x_mm`.

        Raises:
            ValueError: the chain does not reach there.
        """
        return Probe(self, self.compartment(x_mm))


def _height(v: array[float], peak: int) -> float:
    """How high the curve rises near sample `peak`, by a polynomial through five samples.

    A parabola through three would depend on where the samples fall by 0.04 mV at 0.025 ms, more
    than a wave's height changes along its way.
    """
    _, parabola = summit(v, peak, 1.0)
    if parabola == v[peak] or not 1 < peak < len(v) - 2:
        return parabola  # A corner, or an end.
    curve = np.polyfit(np.arange(-2.0, 3.0), v[peak - 2 : peak + 3], 4)
    return float(np.max(np.polyval(curve, np.linspace(-1.0, 1.0, 201))))


#: Every column of a probe. Where there are no voltage-gated channels they stay closed; channels
#: that hold lidocaine count as inactivated.
PROBE_COLUMNS: dict[str, Column] = {
    "time_ms": Column("time", "ms"),
    "voltage_mv": Column("membrane potential", "mV"),
    "m": Column("m gate", ""),
    "h": Column("h gate", ""),
    "n": Column("n gate", ""),
    "na_open": Column("Na channels open", ""),
    "na_inactivated": Column("Na channels inactivated", ""),
    "na_closed": Column("Na channels closed", ""),
    "g_na": Column("Na conductance", "mS/cm2"),
    "g_k": Column("K conductance", "mS/cm2"),
    "i_na": Column("Na current", "uA/cm2"),
    "i_k": Column("K current", "uA/cm2"),
    "i_passive": Column("current of leak channels and pump", "uA/cm2"),
    "i_axial": Column("current that comes along the inside", "uA/cm2"),
    "dvdt_v_s": Column("rate of change", "V/s"),
}


class Probe(Recording):
    """One compartment of a space-time trace, as a recording per area of its membrane."""

    columns = PROBE_COLUMNS

    def __init__(self, trace: SpaceTimeTrace, compartment: int) -> None:
        checked("trace", trace, SpaceTimeTrace, "a trace of a cable")
        check_number("compartment", compartment, 0, len(trace.x_mm) - 1)
        self.trace = trace
        self.compartment = compartment
        self.dt_ms = trace.dt_ms
        self._v = trace.voltage_mv[:, compartment].astype(np.float64)
        self.voltage_mv = array("d", self._v)

    @property
    def x_mm(self) -> float:
        """Where the compartment lies."""
        return float(self.trace.x_mm[self.compartment])

    @cached_property
    def _channels(self) -> tuple[Channels, int] | None:
        """The voltage-gated channels here, and the compartment's place among their sites."""
        for channels in self.trace.chain.channels:
            sites = range(len(self.trace.chain))[channels.sites]
            if self.compartment in sites:
                return channels, sites.index(self.compartment)
        return None

    @cached_property
    def _gates(self) -> Floats:
        """m, h, n and the available share of the Na channels at every sample, (4, samples)."""
        assert self._channels
        channels, place = self._channels
        one = slice(place, place + 1)
        here = replace(channels, g_na_ms=channels.g_na_ms[one], g_k_ms=channels.g_k_ms[one])
        v = self.trace.voltage_mv[:, self.compartment, None]
        return np.hstack(list(gates_along(here, v, self.dt_ms)))

    def _values(self, name: str) -> Iterable[float]:
        samples: Floats = np.broadcast_to(np.asarray(self._array(name)), len(self))
        return samples

    def _array(self, name: str) -> Floats | float:
        chain, here, v = self.trace.chain, self.compartment, self._v
        area = float(chain.area_cm2[here])
        match name:
            case "time_ms":
                return np.asarray(np.arange(len(self)) * self.dt_ms)
            case "dvdt_v_s":
                return np.asarray(np.gradient(v, self.dt_ms))
            case "i_passive":
                return np.asarray((chain.passive_ms[here] * v + chain.passive_ua[here]) / area)
            case "i_axial":
                came = self.trace.axial_ua(here - 1) if here > 0 else 0.0
                left = self.trace.axial_ua(here) if here < len(chain) - 1 else 0.0
                return np.asarray((came - left) / area)
        if self._channels is None:
            return 1.0 if name == "na_closed" else 0.0
        channels, place = self._channels
        m, h, n, available = self._gates
        open_na = m**channels.kinetics.m_gates * available
        g_na = open_na * (channels.g_na_ms[place] / area)
        g_k = n**4 * (channels.g_k_ms[place] / area)
        of: dict[str, Floats] = {
            "m": m,
            "h": h,
            "n": n,
            "na_open": open_na,
            "na_inactivated": 1.0 - available,
            "na_closed": available - open_na,
            "g_na": g_na,
            "g_k": g_k,
            "i_na": g_na * (v - channels.e_na_mv),
            "i_k": g_k * (v - channels.e_k_mv),
        }
        return of[name]
