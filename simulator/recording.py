"""Recordings: named columns of samples over time, computed when first asked for."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property
from sys import getsizeof
from typing import TYPE_CHECKING, NamedTuple

from simulator.quantity import Quantity, check_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Column(NamedTuple):
    """What a column of a recording holds."""

    title: str
    unit: str


def check_time(time_ms: object, duration_ms: float, name: str = "time_ms") -> float:
    """Return a time in a run of `duration_ms` as a float.

    Raises:
        ValueError: it is outside the run; the message calls it `name`.
    """
    # The end is known to a rounding error only.
    return Quantity(name, "ms", 0.0, duration_ms + 1e-9, 0.0, "A time in the run.").check(time_ms)


class Recording:
    """N samples of a run at `dt_ms` apart, the first at time 0.

    Attributes:
        columns: Every column that this kind of recording has, with its unit. Currents are
            positive outward, a stimulus positive depolarising.
        dt_ms: Time between two samples.
        voltage_mv: The membrane potential, N samples.
    """

    columns: Mapping[str, Column]
    dt_ms: float
    voltage_mv: array[float]

    @abstractmethod
    def _values(self, name: str) -> Iterable[float]:
        """The samples of a column other than `voltage_mv`."""

    @cached_property
    def _computed(self) -> dict[str, array[float]]:
        return {"voltage_mv": self.voltage_mv}

    def __len__(self) -> int:
        return len(self.voltage_mv)

    @property
    def duration_ms(self) -> float:
        """Time of the last sample."""
        return (len(self) - 1) * self.dt_ms

    @property
    def weight_bytes(self) -> int:
        """About how much memory its samples take, with the columns that were asked for so far."""
        # Listed at once: another thread may ask for a column now.
        held = list(vars(self).values())
        for group in [each for each in held if isinstance(each, dict)]:
            held += list(group.values())
        arrays = {id(each): each for each in held if isinstance(each, array)}
        return sum(map(getsizeof, arrays.values()))

    def column(self, name: str) -> array[float]:
        """The N samples of the column `name`, in the unit that `columns` states.

        Raises:
            ValueError: there is no such column.
        """
        check_name("column", name, self.columns)
        if name not in self._computed:
            self._computed[name] = array("d", self._values(name))
        return self._computed[name]

    def numpy(self, name: str) -> NDArray[np.float64]:
        """The column `name` as a read-only NumPy view of shape (N,), without a copy."""
        import numpy as np

        view = np.frombuffer(self.column(name))
        view.flags.writeable = False
        return view

    def at(self, name: str, time_ms: float) -> float:
        """The column `name` at `time_ms`, by linear interpolation.

        Raises:
            ValueError: the time is outside the run, or there is no such column.
        """
        place = check_time(time_ms, self.duration_ms) / self.dt_ms
        values = self.column(name)
        left = min(int(place), len(values) - 2)
        return values[left] + (place - left) * (values[left + 1] - values[left])
