"""Where a register is; told without its database, for whoever only wants to know that."""

from __future__ import annotations

import os
from pathlib import Path

from tutor.journal.store import default_path

FILE_NAME, VARIABLE = "register.sqlite3", "TUTOR_REGISTER"


def default_register() -> str:
    """Where the register is unless told otherwise: in TUTOR_REGISTER, else beside the journal."""
    return os.environ.get(VARIABLE) or str(default_path().with_name(FILE_NAME))


def is_there(where: str | None = None) -> bool:
    """Whether a register was made at this place already; one at an address may have been."""
    named = where or default_register()
    return "://" in named or Path(named).exists()
