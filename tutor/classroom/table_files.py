"""Tables that spreadsheets and learning platforms wrote as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

#: A first line with which spreadsheets tell each other what parts the cells.
_SEPARATOR = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, with the numbers of their lines.

    Its first line tells whether commas, semicolons or tabs part the cells, or names the separator
    and is none of the rows.

    Raises:
        csv.Error: it is none.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    named = _SEPARATOR.fullmatch(first)
    separator = named[1] if named else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    if named:
        next((row for row in reader if any(map(str.strip, row))), None)
    for row in reader:
        yield reader.line_num, row
