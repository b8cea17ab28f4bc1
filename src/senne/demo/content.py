"""The demo city's content as read from its files, with the shorthand spelled out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from senne.core.text import Text

FOLDER = Path(__file__).parent / "content"
DISTRICTS = (
    (4.3525, 50.8467), (4.3402, 50.8551), (4.3619, 50.8352), (4.3713, 50.8489), (4.3448, 50.8640),
    (4.3568, 50.8589), (4.3826, 50.8421), (4.3317, 50.8446), (4.3661, 50.8245), (4.3905, 50.8555),
)  # fmt: skip


def text(value: list[str] | dict[str, str] | str) -> Text:
    """[French, Dutch, English] (a dash: not translated yet) or {language: text}."""
    if isinstance(value, str):
        return Text(fr=value)
    if isinstance(value, list):
        value = dict(zip(("fr", "nl", "en"), value, strict=True))
    return Text({code: written for code, written in value.items() if written and written != "-"})


def table(name: str) -> dict[str, Any]:
    """One file of the folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ThemeFile:
    """A theme with its axes and objectives; the plan that it belongs to."""

    plan: str
    code: str
    order: int
    name: Text
    vision: Text
    objectives: tuple[dict[str, Any], ...]


def themes() -> Iterator[ThemeFile]:
    """Every theme file, in order. Both shapes of file are read: objectives at the top, or below their axis."""
    for number, path in enumerate(sorted(FOLDER.glob("[0-9a-z]*_*.toml")), 1):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield ThemeFile(
            data.get("plan", "CLIMAT"),
            data["code"],
            number,
            text(data["name"]),
            text(data["vision"]),
            tuple(_objectives(data)),
        )


def _objectives(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    names: dict[str, Any] = {}
    for objective in data.get("objective", ()):
        names.setdefault(objective["axis"], objective.get("axis_name"))
        yield {**objective, "axis_name": names[objective["axis"]]}
    for axis in data.get("axis", ()):
        for objective in axis["objective"]:
            target = objective.get("target")
            spelled = {"axis": axis["code"], "axis_name": axis["name"], "text": objective["statement"]}
            if isinstance(target, dict):
                spelled["target"] = [
                    target["quantity"], target["unit"], target.get("baseline_value"), target.get("baseline_year"),
                    target["target_value"], target["target_year"],
                ]  # fmt: skip
            yield {**objective, **spelled, "action": [_action(a) for a in objective.get("action", ())]}


def _action(action: dict[str, Any]) -> dict[str, Any]:
    """The long shape of an action in the short one."""
    names = {
        "code": "id", "title": "t", "description": "d", "effect": "e", "characteristics": "ch",
        "reported_days_ago": "reported", "status_reason": "reason", "also_serves": "also",
    }  # fmt: skip
    spelled = {names.get(key, key): value for key, value in action.items()}
    spelled["steps"] = [
        [*(step["title"].get(code, "-") for code in ("fr", "nl", "en")), step.get("due", ""), step.get("done", "")]
        for step in action.get("steps", ())
    ]
    spelled["budget"] = [
        [line["nature"], line["kind"], line["year"], line["unit"], line["amount"], line.get("funder", "")]
        for line in action.get("budget", ())
    ]
    return spelled
