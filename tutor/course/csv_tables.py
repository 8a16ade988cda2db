"""Writing tables as CSV for spreadsheets and learning platforms, whoever wrote what they hold.

Every cell is in quotes, so that no text in one ends it for a program that parts cells otherwise.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Value = str | int | float | None
#: A guarded cell begins so; so does one whose text looks guarded.
_GUARD = "'"
#: What a spreadsheet takes for a formula, whatever of blanks and control characters it leaves out
#: at the beginning, and in the wide letters of East Asia too; guarded or not.
_FORMULA = re.compile(
    rf"{_GUARD}*[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2060\ufeff]*[\t\r\n=+\-@＝＋－＠﹦﹢﹣﹫]"
)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return _GUARD + cell
    return cell


def unguarded(cell: str) -> str:
    """What a guarded cell holds."""
    inner = cell.removeprefix(_GUARD)
    return inner if inner != cell and _FORMULA.match(inner) else cell


def quoted(rows: Iterable[Sequence[str]], end: str = "\r\n") -> str:
    """Rows as they are, each with this at its end; for programs that know no formulas."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def table_text(heads: Sequence[str], rows: Iterable[Sequence[Value]], end: str = "\r\n") -> str:
    """A table; numbers stay numbers, what would be a formula becomes text, None is empty."""
    return quoted([heads, *(tuple(map(_cell, row)) for row in rows)], end)


def as_table(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The file of a table."""
    text = table_text(heads, rows)
    return b"\xef\xbb\xbf" + text.encode()  # Spreadsheets take it for UTF-8 by this.


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else f"{round(value, 10):.15g}"
