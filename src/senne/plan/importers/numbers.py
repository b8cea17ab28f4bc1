"""Numbers of spreadsheets as people see them: dates to the day, month or year, percentages, thousands, currencies."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from senne.plan.reading.tables import Number

# The formats that a workbook names by number alone (ECMA-376, part 1, 18.8.30).
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_DIGITS = re.compile(r"[0#?][0#?.,\s]*")


@lru_cache(maxsize=512)
def kind_of(code: str) -> str:
    """'day', 'month', 'year', 'time' or 'moment' for a format of dates, '%' for percentages, '' for other numbers."""
    first = code.split(";")[0]
    if "[h" in first.lower() or "[m" in first.lower() or "[s" in first.lower():
        return ""
    bare = _BRACKETS.sub("", _LITERAL.sub("", first)).lower().replace("am/pm", "h").replace("a/p", "h")
    if "general" in bare or "standard" in bare:
        return ""
    letters = {letter for letter in bare if letter in "ymdhsja"}
    dates, times = letters & set("ydja"), letters & set("hs")
    if times and (dates or bare.count("m") > 2):
        return "moment"
    if times:
        return "time"
    if "d" in letters or ("j" in letters and "m" in letters):
        return "day"
    if "m" in letters:
        return "month"
    if letters & set("yja"):
        return "year"
    return "%" if "%" in bare else ""


def shown(value: str, code: str, since_1904: bool = False) -> str:
    """The text of a number under its format. A number keeps its decimal point, whatever the country."""
    try:
        number = float(value)
    except ValueError:
        return value
    kind = kind_of(code)
    if kind and kind != "%":
        return _date(number, kind, since_1904) or plain(number)
    if kind == "%":
        return Number(f"{plain(number * 100)}%")
    return Number(_with_literals(number, code))


def plain(number: float) -> str:
    """The number without the noise of binary fractions: 0.1 + 0.2 is 0.3."""
    if number == int(number) and abs(number) < 1e15:
        return Number(int(number))
    text = f"{number:.15g}"
    return Number(f"{number:.10f}".rstrip("0").rstrip(".") if "e" in text else text)


def _date(serial: float, kind: str, since_1904: bool) -> str:
    """ISO form of a day counted from 1900 (with its phantom 29 February) or 1904; '' where there is no such day."""
    if kind == "time":
        return (datetime(2000, 1, 1) + timedelta(days=serial % 1)).strftime("%H:%M")
    if not 1 <= serial < 2_958_466:
        return ""
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30 if serial >= 60 else 31)
    moment = datetime(start.year, start.month, start.day) + timedelta(days=serial)
    if kind == "moment" and serial % 1:
        return moment.isoformat(" ", "minutes")
    return moment.date().isoformat()[: {"month": 7, "year": 4}.get(kind, 10)]


def _with_literals(number: float, code: str) -> str:
    """The number with what its format writes around it: '1500 k€' for 1500 under '0 "k€"'."""
    first = code.split(";")[0]
    marked = _LITERAL.sub(lambda match: f"\x00{''.join(filter(None, match.groups()))}\x00", first)
    digits = _DIGITS.search(re.sub(r"\x00[^\x00]*\x00", lambda match: "\x01" * len(match.group()), marked))
    if not digits:
        return plain(number)
    body = digits.group().rstrip()
    number /= 1000 ** (len(body) - len(body.rstrip(",")))
    before, after = (_literal(part) for part in (marked[: digits.start()], marked[digits.end() :]))
    return f"{before} {plain(number)} {after}".strip()


def _literal(part: str) -> str:
    written = "".join(quoted or sign for quoted, sign in re.findall(r"\x00([^\x00]*)\x00|([€$£])", part)).strip()
    return written if any(char.isalpha() or char in "€$£" for char in written) else ""
