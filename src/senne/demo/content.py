"""The demo city's content as it stands in its files. Texts are [French, Dutch, English]; a dash: not translated yet."""

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
