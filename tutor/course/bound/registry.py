"""The preparations by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from tutor.course.bound.binding import Binding
from tutor.course.errors import meant
from tutor.course.names import PREPARATION_NAMES

_HOME = {
    "resting": "resting",
    "dendrite": "dendrite",
    "axon": "axon",
    "myelinated": "fibre",
    "accounting": "accounting",
}


@cache
def binding_of(preparation: str) -> Binding:
    """The preparation by its name.

    Raises:
        ValueError: it is unknown.
    """
    if preparation not in PREPARATION_NAMES:
        near = meant(preparation, PREPARATION_NAMES)
        raise ValueError(f"unknown preparation {preparation!r}{near}")
    module = import_module(f"tutor.course.bound.{_HOME.get(preparation, 'patch')}")
    binding: Binding = module.bind(preparation)
    return binding
