"""Tables as CSV files that spreadsheets and learning platforms read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | float | None


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, with the numbers of their lines.

    Its first line tells whether commas, semicolons or tabs part the cells.

    Raises:
        csv.Error: it is none.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row in reader:
        yield reader.line_num, row


def as_table(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file; numbers stay numbers, what would be a formula becomes text, None is empty."""
    file = io.StringIO()
    written = csv.writer(file, lineterminator="\r\n")
    written.writerow(heads)
    for row in rows:
        written.writerow(map(_cell, row))
    return b"\xef\xbb\xbf" + file.getvalue().encode()  # Spreadsheets take it for UTF-8 by this.


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{round(value, 10):.15g}"
