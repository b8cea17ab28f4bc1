"""The city's calendar: its content is written for one year, and moved by whole years to the one in which it is shown.

Seasons, terms and winters stay where they are; everything that the city itself did or means to do moves with the year.
What does not move: base years, and the great horizons from 2030 on. Pure: the day on which the city stands is passed in.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from senne.core.periods import PartialDate, Precision, parse_partial
from senne.core.text import Text

FIRST_MONTH, WRITTEN_FOR = 6, 2026
HORIZON = 2030
BRUSSELS = ZoneInfo("Europe/Brussels")
_YEAR = re.compile(r"\{(\d{4})\}")


def pick(seed: str, count: int) -> int:
    """A number in 0…count-1 that is always the same for the same seed."""
    return zlib.crc32(seed.encode()) % count


def working_day(day: date) -> date:
    """The day itself, or the Monday after the weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


@dataclass(frozen=True)
class Calendar:
    """What the dates of the content are on the day `today`; content runs from June 2026 to May 2027."""

    today: date

    @property
    def years(self) -> int:
        """By how many years the content moves."""
        return self.today.year - WRITTEN_FOR - (self.today.month < FIRST_MONTH)

    def partial(self, written: str) -> PartialDate:
        """'2025', '2025-09' or '2025-09-30' in the year in which the city is shown."""
        found = parse_partial(written)
        year = found.day.year + self.years
        leap_day = (found.day.month, found.day.day) == (2, 29)
        return PartialDate(found.day.replace(year=year, day=28 if leap_day else found.day.day), found.precision)

    def day(self, written: str) -> date:
        """The (first) day that is meant."""
        return self.partial(written).day

    def some_day(self, written: str, seed: str) -> date:
        """A day of the month or of the first quarter of the year that is meant; always the same for the same seed."""
        found = self.partial(written)
        spread = {Precision.DAY: 1, Precision.MONTH: 20, Precision.YEAR: 75}[found.precision]
        return found.day + timedelta(days=pick(seed, spread))

    def year(self, written: int) -> int:
        return written + self.years

    def horizon(self, written: int | None) -> int | None:
        """A year to reach something by: those before 2030 move, up to it."""
        return written if written is None or written >= HORIZON else min(written + self.years, HORIZON)

    def text(self, value: list[str] | str) -> Text:
        """[French, Dutch, English] (a dash: not translated yet), years in braces moved."""
        texts = dict(zip(("fr", "nl", "en"), [value] if isinstance(value, str) else value, strict=False))
        return Text({code: self._moved(text) for code, text in texts.items() if text not in {"", "-"}})

    def _moved(self, text: str) -> str:
        return _YEAR.sub(lambda match: str(self.year(int(match[1]))), text)

    def moment(self, day: date, seed: str) -> datetime:
        """An hour of office work on that day, in Brussels."""
        minutes = 8 * 60 + 35 + pick(seed, 8 * 60 + 40)
        return datetime.combine(day, time(minutes // 60, minutes % 60, pick(seed, 60)), BRUSSELS)
