"""Changes: what may be altered in a preparation, by name, with unit and range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

from simulator.quantity import Quantity

#: A frozen gate stays at this open probability; "rest" is its value at the normal rest.
FrozenGate = float | Literal["rest"] | None

CHANGES: dict[str, Quantity] = {
    q.name: q
    for q in (
        Quantity(
            "na_block",
            "",
            0.0,
            1.0,
            0.0,
            "Share of the Na channels that a blocker shuts.",
            title="Na⁺ channels blocked",
        ),
        Quantity(
            "k_block",
            "",
            0.0,
            1.0,
            0.0,
            "Share of the voltage-gated K conductance above its resting level that is blocked.",
            title="K⁺ channels blocked",
        ),
        Quantity(
            "e_na_shift_mv",
            "mV",
            -60.0,
            60.0,
            0.0,
            "Added to the equilibrium potential of Na.",
            title="E_Na moved by",
        ),
        Quantity(
            "e_k_shift_mv",
            "mV",
            -60.0,
            60.0,
            0.0,
            "Added to the equilibrium potential of K.",
            title="E_K moved by",
        ),
        Quantity(
            "pump",
            "",
            0.0,
            1.0,
            1.0,
            "Share of the pump's resting current: 1 on, 0 off.",
            title="pump running",
        ),
        Quantity(
            "frozen_m",
            "",
            0.0,
            1.0,
            0.0,
            "Holds the activation gate m at this value.",
            title="m gate held at",
        ),
        Quantity(
            "frozen_h",
            "",
            0.0,
            1.0,
            0.0,
            "Holds the inactivation gate h at this value.",
            title="h gate held at",
        ),
        Quantity(
            "frozen_n",
            "",
            0.0,
            1.0,
            0.0,
            "Holds the K gate n at this value.",
            title="n gate held at",
        ),
        Quantity(
            "temperature_c",
            "degrees C",
            0.0,
            37.0,
            37.0,
            "Temperature of the bath.",
            title="temperature",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Alterations to a preparation; the defaults alter nothing.

    The range and the meaning of each field stand in `CHANGES`. A K block acts on the rise of
    the K conductance above rest, not on the resting K conductance: scaling all of it would
    move the resting potential, which is another experiment.

    Raises:
        ValueError: a value is out of its range.
    """

    na_block: float = 0.0
    k_block: float = 0.0
    e_na_shift_mv: float = 0.0
    e_k_shift_mv: float = 0.0
    pump: float = 1.0
    frozen_m: FrozenGate = None
    frozen_h: FrozenGate = None
    frozen_n: FrozenGate = None
    temperature_c: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            unset = value is None and field.default is None
            if unset or (value == "rest" and field.name.startswith("frozen_")):
                continue
            CHANGES[field.name].check(value)

    def with_values(self, values: Mapping[str, object]) -> Changes:
        """A copy with `values` set by name.

        Raises:
            ValueError: a name is unknown, or a value is out of range.
        """
        for name in values:
            if name not in CHANGES:
                raise ValueError(f"unknown change {name!r}; known: {', '.join(CHANGES)}")
        return replace(self, **values)  # type: ignore[arg-type]

    @property
    def active(self) -> dict[str, float | str]:
        """The fields that differ from their default, by name."""
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != f.default
        }
