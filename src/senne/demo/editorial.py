"""The demo city's editorial pages, in three languages, with a drawing of ours; one draft that waits for a second person."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from senne.core.text import LANGUAGES
from senne.demo.city import City
from senne.demo.content import Row, table
from senne.demo.drawing import school_yard
from senne.site.editorial.bringing_in import Draft, Wording, bring_in, keep_picture, picture_block

DRAWINGS = {"school-yard": school_yard}
SHOWING = frozenset({"action", "objective", "progress", "counts"})


def plan_editorial(city: City) -> None:
    """Each page on its day, after the records that it shows."""
    for row in table("editorial")["page"]:
        day = city.calendar.today - timedelta(days=row.get("days_ago", 40))
        moment = city.calendar.moment(day, row["title"][0])
        city.at(moment, partial(_page, row, moment))


def _page(row: Row, moment: Any) -> None:
    wordings = {
        code: Wording(
            row["title"][place],
            row["lead"][place] if "lead" in row else "",
            [_block(block, place) for block in row["body"]],
        )
        for place, code in enumerate(LANGUAGES)
        if code in row.get("languages", LANGUAGES)
    }
    more = {"plan_code": row["plan"], "theme_code": row["theme"]} if "theme" in row else {}
    bring_in(Draft(row["section"], wordings, moment, not row.get("draft", False), more))


def _block(block: list[str], place: int) -> tuple[str, Any]:
    kind, *rest = block
    if kind in SHOWING:
        return kind, {"of": rest[0]}
    if kind == "heading":
        return kind, {"level": rest[0], "text": rest[1 + place]}
    if kind == "picture":
        name, *words = rest
        number = keep_picture(f"{name}.png", DRAWINGS[name](), name, words[0])
        return picture_block(number, words[place], words[3 + place])
    return kind, rest[place]
