"""From one version of a register to the next, in SQL that SQLite and PostgreSQL both take.

A new register is made from `tutor.classroom.register.tables` as they stand, so whatever changes
there needs a step here that makes the same of the registers that there are.
"""

from __future__ import annotations

#: A step: statements that bring a register forward by one version.
Step = tuple[str, ...]

#: The first step leads from version 1 to version 2, and so on.
STEPS: tuple[Step, ...] = (("ALTER TABLE learners ADD COLUMN family TEXT NOT NULL DEFAULT ''",),)
