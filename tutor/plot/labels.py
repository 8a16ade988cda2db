"""Labels: free places in the body of a plot for names of levels, curves and marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tutor.plot.curve import Touch


class Room:
    """Which body cells are free for labels.

    A label never covers another one, and it covers as few cells of the curves as it can.
    """

    def __init__(self, rows: int, columns: int, curves: Iterable[Iterable[Touch]]) -> None:
        self._columns = columns
        self._curves = [bytearray(columns) for _ in range(rows)]
        self._labels = [bytearray(columns) for _ in range(rows)]
        for curve in curves:
            for row, column, _ in curve:
                self._curves[row][column] = 1

    def take(self, row: int, column: int, length: int) -> None:
        """Let no label cover these cells."""
        self._labels[row][column : column + length] = b"\1" * length

    def place(
        self, length: int, places: Sequence[tuple[int, int]], most_hidden: int
    ) -> tuple[int, int] | None:
        """Take the best of `places`, each a row and a column, for a label of `length` cells.

        The best is the first of those that hide the fewest cells of curves. None where all of
        them hide more than `most_hidden`, cover another label or leave the body.
        """
        best, fewest = None, most_hidden + 1
        for row, column in places:
            end = column + length
            if not 0 <= row < len(self._curves) or column < 0 or end > self._columns:
                continue
            hidden = sum(self._curves[row][column:end])
            if hidden < fewest and not any(self._labels[row][column:end]):
                best, fewest = (row, column), hidden
        if best is not None:
            self.take(*best, length)
        return best


def loneliest_cells(curves: Sequence[Sequence[Touch]]) -> list[tuple[int, int] | None]:
    """For each curve the row and column of its cell that is farthest from the other curves.

    Distances are counted in rows within a column; a curve alone in a column counts as far. None
    where a curve never leaves the others.
    """
    rows_in: list[defaultdict[int, list[int]]] = []
    for curve in curves:
        rows_in.append(defaultdict(list))
        for row, column, _ in curve:
            rows_in[-1][column].append(row)
    cells: list[tuple[int, int] | None] = []
    for index, own in enumerate(rows_in):
        others = rows_in[:index] + rows_in[index + 1 :]
        best, farthest = None, 0
        for column in sorted(own):
            row = own[column][0]
            near = [abs(row - taken) for other in others for taken in other.get(column, ())]
            distance = min(near, default=1000)
            if distance > farthest:
                best, farthest = (row, column), distance
        cells.append(best)
    return cells
