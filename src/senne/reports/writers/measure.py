"""How wide the columns of a table want to be, and how many lines a text takes: estimates, good enough to lay out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from senne.reports.blocks import Table

LONGEST_COLUMN, LONGEST_WORD, UNBROKEN, PADDING = 60.0, 12, 16, 2.5
LETTER = 0.57  # the mean width of a letter, in parts of the size of the type
BOLD = 1.2
_WIDTHS = {**dict.fromkeys("ijl.,;:!|'’ ", 0.55), **dict.fromkeys("ftr()-", 0.7), **dict.fromkeys("mwMW@%…", 1.65)}


def shares(table: Table, letters: float) -> list[float]:
    """The part of the table's width of each column (they add up to 1), where a line holds so many letters.

    Narrow columns keep their words and short texts whole; wide ones share what is left by the length of what they hold.
    """
    columns = range(len(table.header))
    least = [_least(table, column) for column in columns]
    wanted = [max(least[column], _wanted(table, column)) for column in columns]
    if sum(wanted) > letters > sum(least):
        more = (letters - sum(least)) / (sum(wanted) - sum(least))
        wanted = [low + (want - low) * more for low, want in zip(least, wanted, strict=True)]
    whole = sum(wanted)
    return [want / whole for want in wanted]


def _least(table: Table, column: int) -> float:
    """Letters of the longest word; short texts of a narrow column (a date, a status) stay on one line, and very long
    words of a wide one may be divided."""
    texts = [row[column] for row in table.rows]
    words = [_longest_word(text) for text in texts]
    if column in table.wide:
        words = [min(LONGEST_WORD, word) for word in words]
    else:
        words += [float(len(text)) for text in texts if len(text) <= UNBROKEN]
    return min(LONGEST_COLUMN / 2, max([_longest_word(table.header[column]) * BOLD, *words])) + PADDING


def _wanted(table: Table, column: int) -> float:
    """Letters that the column would like: its longest text, or for long texts somewhat more than the mean."""
    lengths = [len(row[column]) for row in table.rows]
    if column not in table.wide:
        return min(LONGEST_COLUMN, max(lengths, default=0)) + PADDING
    return min(LONGEST_COLUMN, 1.4 * sum(lengths) / max(1, len(lengths))) + PADDING


def _longest_word(text: str) -> float:
    return max((wide(word) for word in text.replace("\u00a0", "_").split()), default=1.0)


def wide(text: str) -> float:
    """The width of a text in mean letters."""
    return sum(_WIDTHS.get(letter, 1.25 if letter.isupper() else 1.0) for letter in text)


def lines(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a column of `width` points at that size of type, broken between words."""
    room = max(1.0, width / (size * LETTER))
    return max(1, sum(_lines_of(part.split(" "), room) for part in text.split("\n")))


def _lines_of(words: Sequence[str], room: float) -> int:
    count, used = 1, 0.0
    for word in words:
        width = wide(word)
        if used and used + 0.55 + width > room:
            count, used = count + 1, 0.0
        while width > room:
            count, width = count + 1, width - room
        used += width + (0.55 if used else 0)
    return count


def row_height(row: Sequence[str], widths: Sequence[float], size: float, padding: float) -> float:
    """Points that a row takes: its tallest cell and the padding above and below, with as much at the sides."""
    tallest = max(lines(text, width - padding, size) for text, width in zip(row, widths, strict=True))
    return tallest * size * 1.2 + padding
