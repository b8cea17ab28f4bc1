"""What cells mean: dates, periods, money, lists. Each function raises ValueError for what it cannot read."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from senne.core.periods import parse_partial
from senne.plan.columns import fold
from senne.plan.reading.tables import Number

LARGEST = Decimal(10) ** 14
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier januari january jan janv",
            "fevrier februari february feb fevr fev",
            "mars maart march mar mrt",
            "avril april avr apr",
            "mai mei may",
            "juin juni june jun",
            "juillet juli july juil jul",
            "aout augustus august aug",
            "septembre september sept sep",
            "octobre oktober october oct okt",
            "novembre november nov",
            "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}
# Words before a year or a month that add nothing to it as a deadline.
_BEFORE = frozenset({
    "fin", "de", "d", "ici", "a", "pour", "en", "avant", "horizon", "au", "l", "jusqu", "jusque", "des", "depuis",
    "eind", "eerste", "tegen", "voor", "vanaf", "tot", "einde", "sinds", "by", "end", "of", "until", "before",
    "from", "since", "the", "le", "op", "on", "uiterlijk", "plus", "tard", "annee", "begin", "debut",
})  # fmt: skip
_QUARTER = re.compile(r"^(?:t|q|k|kw|trimestre|trim|kwartaal|quarter)\s?([1-4])$")
_HALF = re.compile(r"^(?:s|semestre|sem|h|semester)\s?([12])$")
_ORDINAL = re.compile(r"^([1-4])(?:er|ere|e|eme|ste|de|st|nd|rd|th)?$")
_DAYS = re.compile(r"(?:(\d{1,2})\s?[./-]\s?)?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})")
_BETWEEN = (
    r"\s+(?:-|–|—|->|→|>|à|au|tot en met|tot|t\.?e?\.?m\.?|to|until|jusqu['’]?(?:en|à|au)?)\s+",
    r"\s*[–—→]\s*",
    r"(?<=\d{4})\s*[-/>]\s*",
)


def partial_date(text: str) -> str:
    """ISO date as exact as it is written: '2026', '2026-09', '2026-09-15'. Raises ValueError, for 31/02/2025 too."""
    text = text.strip()
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return _reasonable(parse_partial(text).isoformat())
    numbers = _DAYS.fullmatch(text)
    if numbers:
        day, month, year = numbers.groups()
        year = year if len(year) == 4 else f"20{year}"
        if day:
            return _reasonable(date(int(year), int(month), int(day)).isoformat())
        if len(numbers.group(3)) == 4:
            return _reasonable(date(int(year), int(month), 1).isoformat()[:7])
    return _reasonable(_in_words(fold(text).split(), text))


def _reasonable(iso: str) -> str:
    if not "1900" <= iso[:4] <= "2200":
        raise ValueError(iso)
    return iso


def _in_words(words: list[str], text: str) -> str:
    if not words or not re.fullmatch(r"\d{4}", words[-1]):
        raise ValueError(text)
    year, before = words[-1], words[:-1]
    if before and before[-1] in _MONTHS:
        month, rest = _MONTHS[before[-1]], before[:-1]
        if rest and re.fullmatch(r"\d{1,2}(?:er|e|st|nd|rd|th)?", rest[-1]) and set(rest[:-1]) <= _BEFORE:
            return date(int(year), month, int(re.sub(r"\D", "", rest[-1]))).isoformat()
        if set(rest) <= _BEFORE:
            return f"{year}-{month:02d}"
    elif set(before) <= _BEFORE:
        return year
    raise ValueError(text)


@dataclass(frozen=True)
class Period:
    """What a cell of dates says, in ISO form: from `start` to `end` where it says both (`spans`), else the same moment.

    `exact`: nothing of the cell is left over.
    """

    start: str
    end: str
    spans: bool = False
    exact: bool = True


def period(text: str) -> Period:
    """The period of '2024-2026', 'janvier 2025 – fin 2026', 'T3 2026', '15/09/2026'. Raises ValueError."""
    text = text.strip()
    try:
        moment = partial_date(text)
    except ValueError:
        pass
    else:
        return Period(moment, moment, exact=not _adds(text))
    if quarter := _quarter(fold(text).split()):
        return quarter
    for mark in _BETWEEN:
        parts = [part for part in re.split(mark, text) if part.strip()]
        if len(parts) == 2:
            start, end = (partial_date(re.sub(r"^(?:de|du|van|from)\s+", "", part)) for part in parts)
            if first_day(start) <= last_day(end):
                return Period(start, end, spans=True, exact=not any(map(_adds, parts)))
    raise ValueError(text)


def _adds(text: str) -> bool:
    """Do the words around a date say more than the date ('d'ici 2030', 'fin 2026')?"""
    return bool(set(fold(text).split()) & _BEFORE)


def _quarter(words: list[str]) -> Period | None:
    """A quarter or a half year, as its first and last months; the cell's own words say it better."""
    if len(words) < 2:
        return None
    years = [word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)]
    rest = [word for word in words if word not in years]
    if len(years) != 1 or not 1 <= len(rest) <= 2:
        return None
    ordinal = _ORDINAL.match(rest[0])
    said = f"{rest[1]} {ordinal.group(1)}" if len(rest) == 2 and ordinal else " ".join(rest)
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        match = pattern.match(said)
        if match:
            last = int(match.group(1)) * months
            return Period(f"{years[0]}-{last - months + 1:02d}", f"{years[0]}-{last:02d}", exact=False)
    return None


def last_day(iso: str) -> date:
    """The last day of a partial date in ISO form."""
    year, month, day = ([int(part) for part in iso.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def first_day(iso: str) -> date:
    """The first day of a partial date in ISO form."""
    return parse_partial(iso).day


def whole_year(text: str) -> int:
    """A year between 1900 and 2200. Raises ValueError."""
    if not re.fullmatch(r"\d{4}", text.strip()):
        raise ValueError(text)
    return int(_reasonable(text.strip()))


def small_number(text: str) -> int:
    """A whole number that a weight can be: 0 to 32767. Raises ValueError."""
    if not re.fullmatch(r"\d{1,5}", text.strip()) or int(text) > 32767:
        raise ValueError(text)
    return int(text)


@dataclass(frozen=True)
class Money:
    """An amount; approximate where the document says so; of a year where the cell names one."""

    amount: Decimal
    approximate: bool = False
    year: int | None = None


_FACTORS = {
    **dict.fromkeys(("k", "ke", "keur", "mille", "milliers", "duizend", "thousand", "t"), 1000),
    **dict.fromkeys(
        ("m", "me", "meur", "mio", "mios", "million", "millions", "miljoen", "mln", "millioen", "mn"), 10**6
    ),
    **dict.fromkeys(("mia", "milliard", "milliards", "miljard", "billion", "mrd"), 10**9),
}
_ABOUT = re.compile(
    r"^(env(?:iron)?\.?|ca?\.?|circa|ongeveer|about|approx(?:imativement)?\.?|±|~|\+/-|plus ou moins|min(?:imum)?\.?|"
    r"max(?:imum)?\.?|estim[eé]e?\s*(?:à)?|geraamd op|raming)\s*:?\s*",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"€|\bEUR\b|\beuros?\b|\bETP\b|\bVTE\b|\bFTE\b", re.IGNORECASE)
_UNDER = re.compile(
    r"\s*[/,]?\s*(?:htva|tvac|h\.?t\.?v\.?a\.?|t\.?v\.?a\.?c\.?|ttc|ht|excl\.? btw|incl\.? btw)\.?$", re.IGNORECASE
)
_OF_YEAR = re.compile(r"^(?:en\s+|in\s+)?((?:19|20)\d\d)\s*[:=–-]\s*(.+)$")


def money(text: str) -> Money:
    """An amount from '1.234,50 €', '1 234,50', 'env. 50k', '2 M€', '€ 1,2 miljoen'. Raises ValueError for anything else."""
    plain = text.strip()
    if isinstance(text, Number):
        plain = re.sub(r"(?<=\d)\.(?=\d)", ",", plain)
    about = _ABOUT.match(plain)
    rest = plain[about.end() :] if about else plain
    rest = re.sub(r"(?<=\d)\s*(?:,-|,--|\.-)(?=\s|$|€)", "", rest)
    rest = _CURRENCY.sub("", _UNDER.sub("", rest.strip())).strip()
    match = re.fullmatch(r"(\d[\d\s.,\u00a0\u202f']*?)\s*([A-Za-z]*)\.?", rest)
    if not match or fold(match.group(2)) not in {"", *_FACTORS}:
        raise ValueError(text)
    amount = _decimal(re.sub(r"[\s\u00a0\u202f']", "", match.group(1))) * _FACTORS.get(fold(match.group(2)), 1)
    if amount >= LARGEST:
        raise ValueError(text)
    return Money(amount, bool(about))


def moneys(text: str) -> list[Money]:
    """One amount, or one a line with its year: '2025: 50.000 €' and below it '2026: 60.000 €'. Raises ValueError."""
    lines = [line.strip() for line in re.split(r"\n|;", text) if line.strip()]
    if len(lines) < 2 and not _OF_YEAR.match(text.strip()):
        return [money(text)]
    found = []
    for line in lines:
        match = _OF_YEAR.match(line)
        if not match:
            raise ValueError(text)
        one = money(match.group(2))
        found.append(Money(one.amount, one.approximate, int(match.group(1))))
    return found


def _decimal(digits: str) -> Decimal:
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0:
        mark, decimals = digits[last], len(digits) - last - 1
        grouped = decimals == 3 and (digits.count(mark) > 1 or mark == "." or digits.count(".") > 0)
        whole = re.sub(r"[.,]", "", digits[:last])
        digits = whole + (digits[last + 1 :] if grouped else "." + digits[last + 1 :])
    try:
        return Decimal(digits.rstrip("."))
    except InvalidOperation:
        raise ValueError(digits) from None


def cents(amount: Decimal) -> str:
    """The amount as it is stored: two decimals at most, no needless zero."""
    rounded = amount.quantize(Decimal("0.01")).normalize()
    return format(rounded, "f")


def split_list(text: str) -> list[str]:
    """The entries of a cell that lists things: one a line, or between semicolons, or commas."""
    if "\n" in text:
        parts = text.split("\n")
    elif ";" in text:
        parts = text.split(";")
    else:
        parts = text.split(",")
    return [part for raw in parts if (part := re.sub(r"^\s*(?:[-•*·–]\s+|•)", "", raw).strip())]
