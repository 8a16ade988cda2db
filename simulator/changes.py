"""Changes: what may be altered in a preparation, by name, with unit and range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from simulator.drugs import DRUGS, LIDOCAINE, blocked
from simulator.quantity import Quantity, check_name, check_names

#: A frozen gate stays at this open probability; "rest" is its value at the normal rest.
FrozenGate = float | Literal["rest"] | None


def _share(name: str, default: float, sentence: str, title: str) -> Quantity:
    return Quantity(name, "", 0.0, 1.0, default, sentence, title=title)


def _held(name: str, sentence: str, title: str) -> Quantity:
    return replace(_share(name, 0.0, sentence, title), optional=True)


def _shift(name: str, most_mv: float, sentence: str, title: str) -> Quantity:
    return Quantity(name, "mV", -most_mv, most_mv, 0.0, sentence, title=title)


CHANGES: dict[str, Quantity] = {
    q.name: q
    for q in (
        _share("na_block", 0.0, "Share of the Na channels that are shut.", "Na⁺ channels blocked"),
        _share(
            "k_block",
            0.0,
            "Share of the voltage-gated K conductance above its resting level that is blocked.",
            "K⁺ channels blocked",
        ),
        _share("leak_block", 0.0, "Share of the leak channels that are shut.", "leak blocked"),
        _shift(
            "e_na_shift_mv", 60.0, "Added to the equilibrium potential of Na.", "E_Na moved by"
        ),
        _shift("e_k_shift_mv", 60.0, "Added to the equilibrium potential of K.", "E_K moved by"),
        Quantity(
            "k_out_mm",
            "mM",
            0.5,
            500.0,
            4.5,
            "K outside the cell; it moves E_K by Nernst's law.",
            title="K⁺ outside",
        ),
        Quantity(
            "na_out_mm",
            "mM",
            5.0,
            600.0,
            145.0,
            "Na outside the cell; it moves E_Na by Nernst's law.",
            title="Na⁺ outside",
        ),
        _share("pump", 1.0, "Share of the pump's resting current: 1 on, 0 off.", "pump running"),
        _shift(
            "m_shift_mv",
            30.0,
            "Moves the activation of Na channels to less negative potentials.",
            "m gate moved by",
        ),
        _shift(
            "h_shift_mv",
            30.0,
            "Moves the inactivation of Na channels to less negative potentials.",
            "h gate moved by",
        ),
        _shift(
            "n_shift_mv",
            30.0,
            "Moves the activation of K channels to less negative potentials.",
            "n gate moved by",
        ),
        _share(
            "lasting_na",
            0.0,
            "Share of the Na channels that never inactivate, as in some channel diseases.",
            "Na⁺ channels without inactivation",
        ),
        _held("frozen_m", "Holds the activation gate m at this value.", "m gate held at"),
        _held("frozen_h", "Holds the inactivation gate h at this value.", "h gate held at"),
        _held("frozen_n", "Holds the K gate n at this value.", "n gate held at"),
        *(drug.quantity for drug in DRUGS.values()),
        LIDOCAINE,
        Quantity(
            "temperature_c",
            "degrees C",
            0.0,
            45.0,
            37.0,
            "Temperature of the bath.",
            title="temperature",
        ),
    )
}


class Changes(msgspec.Struct, frozen=True):
    """Alterations to a preparation; the defaults alter nothing.

    The range and the meaning of each field stand in `CHANGES`. A K block acts on the rise of
    the K conductance above rest, not on the resting K conductance: scaling all of it would
    move the resting potential, which is another experiment. Concentrations and temperature are
    the preparation's own where they are None.

    Raises:
        ValueError: a value is out of its range.
    """

    na_block: float = 0.0
    k_block: float = 0.0
    leak_block: float = 0.0
    e_na_shift_mv: float = 0.0
    e_k_shift_mv: float = 0.0
    k_out_mm: float | None = None
    na_out_mm: float | None = None
    pump: float = 1.0
    m_shift_mv: float = 0.0
    h_shift_mv: float = 0.0
    n_shift_mv: float = 0.0
    lasting_na: float = 0.0
    frozen_m: FrozenGate = None
    frozen_h: FrozenGate = None
    frozen_n: FrozenGate = None
    ttx_nm: float = 0.0
    tea_mm: float = 0.0
    four_ap_mm: float = 0.0
    ouabain_um: float = 0.0
    digoxin_nm: float = 0.0
    lidocaine_um: float = 0.0
    temperature_c: float | None = None

    def __post_init__(self) -> None:
        for name, default in _DEFAULTS.items():
            value = getattr(self, name)
            if value is default or (value == "rest" and name.startswith("frozen_")):
                continue
            CHANGES[name].check(value)

    def with_values(self, values: Mapping[str, object]) -> Changes:
        """A copy with `values` set by name.

        Raises:
            ValueError: a name is unknown, or a value is out of range.
        """
        check_names("change", values, CHANGES)
        return replace(self, **values)

    @property
    def active(self) -> dict[str, float | str]:
        """The fields that differ from their default, by name."""
        return {
            name: getattr(self, name)
            for name, default in _DEFAULTS.items()
            if getattr(self, name) != default
        }

    def left(self, what: Literal["na", "k", "pump"]) -> float:
        """The share of Na channels, K channels or pump that blocks and drugs leave, 0 to 1."""
        direct = {"na": 1.0 - self.na_block, "k": 1.0 - self.k_block, "pump": self.pump}
        check_name("target", what, direct)
        drugs = {name: float(getattr(self, name)) for name in DRUGS}
        return direct[what] * (1.0 - blocked(what, drugs))


_DEFAULTS = dict(zip(Changes.__struct_fields__, Changes.__struct_defaults__, strict=True))
UNCHANGED = Changes()


def checked_changes(changes: object) -> Changes:
    """`changes`, or none where it is None.

    Raises:
        ValueError: it is something else.
    """
    if changes is None:
        return UNCHANGED
    if not isinstance(changes, Changes):
        raise ValueError(f"changes is {changes!r:.60}, but must be Changes(...) or None")
    return changes
