"""Which component class of the plot gives a role of a picture its style."""

from __future__ import annotations

#: The component classes of a widget that shows pictures.
CLASSES = {
    "plot--axis",
    "plot--level",
    "plot--run",
    "plot--spine",
    "plot--compare",
    "plot--before",
    "plot--refutation",
    "plot--curve",
    "plot--curve2",
    "plot--band",
    "plot--band2",
    "plot--cursor",
}

_OWN = {"axis", "level", "cursor", "run", "spine", "compare", "before", "refutation"}
_OTHERS = {
    "band:rising": "plot--band2",
    "band:undershoot": "plot--band2",
    "band:absolute": "plot--band2",
    "na_closed": "plot--band",
    "na_inactivated": "plot--curve2",
    "heat": "plot--run",
}


def component(role: str) -> str:
    """The component class of a role of the raster; of two ions K has the second one."""
    if role in _OWN:
        return f"plot--{role}"
    if role in _OTHERS:
        return _OTHERS[role]
    if role.startswith("band:"):
        return "plot--band"
    return "plot--curve2" if "k" in role.split("_") else "plot--curve"
