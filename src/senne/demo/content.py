"""The demo city's content as it stands in its files. Texts are [French, Dutch, English]; a dash: not translated yet.

An action (content/themes): `t` title, `d` description, `e` expected effect, `ch` characteristics; `start` and `end` as the
plan gives them, `started` and `finished` as it went; `phase`, reached with the first step done; `steps` as [title in
three languages, due, done, assignee]; `budget` as [nature, planned or actual, year, unit, amount, funder]; `place` as
[latitude, longitude] pairs; `also`, objectives of other plans; `added`, where no sitting fits.

Its trail (content/history), by code: `reports` as [day, news in three languages, {status, phase, reason, by}], `moved` as
[day, new end, why], `judged` as [day, health, until, why in three languages]. Steps, starts and ends need no line there.

Dates run to May 2027, whatever the day is on which the city is shown: see calendar.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
Row = dict[str, Any]


@cache
def table(name: str) -> Row:
    """One file of the folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ThemeFile:
    """A theme with its objectives, each with its axis and its actions; the plan that it belongs to."""

    plan: str
    code: str
    name: list[str]
    vision: list[str]
    objectives: tuple[Row, ...]


def themes() -> Iterator[ThemeFile]:
    """Every theme of every plan, in order."""
    for path in sorted((FOLDER / "themes").glob("*.toml")):
        data = table(f"themes/{path.stem}")
        yield ThemeFile(
            data.get("plan", "CLIMAT"),
            data["code"],
            data["name"],
            data["vision"],
            tuple(data["objective"]),
        )


def action_rows() -> Iterator[tuple[ThemeFile, Row, Row]]:
    """(theme, objective, action) of every action, in order."""
    for theme in themes():
        for objective in theme.objectives:
            for action in objective.get("action", ()):
                yield theme, objective, action


@cache
def trails() -> dict[str, Row]:
    """What was reported, by the action's code: the files of `history/` together."""
    found: dict[str, Row] = {}
    for path in sorted((FOLDER / "history").glob("*.toml")):
        found |= table(f"history/{path.stem}")
    return found
