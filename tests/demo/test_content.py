"""What is written in the demo city's files: three languages, one word per thing, nothing impossible."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from senne.demo.content import action_rows, table, themes, trails

ACTIONS = [row for _theme, _objective, row in action_rows()]
OBJECTIVES = [row for theme in themes() for row in theme.objectives]


def _texts(node: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every [French, Dutch, English] below the node, with where it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, f"{path}/{key}")
    elif isinstance(node, list):
        if len(node) == 3 and all(isinstance(part, str) for part in node) and not re.match(r"^\d{4}-", node[0]):
            yield path, node
            return
        for place, value in enumerate(node):
            yield from _texts(value, f"{path}/{place}")


def _told() -> Iterator[tuple[str, list[str]]]:
    for row in ACTIONS:
        for place, step in enumerate(row.get("steps", ())):
            yield f"{row['id']} step {place}", step[:3]
    for code, trail in trails().items():
        for entry in trail.get("reports", ()):
            yield f"{code} {entry[0]}", entry[1:4]
        for entry in trail.get("judged", ()):
            yield f"{code} {entry[0]}", entry[3:6]
    for name in ("plans", "documents"):
        yield from _texts(table(name), name)
    for theme in themes():
        yield theme.code, theme.name
        yield theme.code, theme.vision
        yield from _texts(
            [{k: v for k, v in o.items() if k in {"axis_name", "text"}} for o in theme.objectives], theme.code
        )
    for row in ACTIONS:
        yield from ((f"{row['id']} {key}", row[key]) for key in ("t", "d", "e") if key in row)


def test_every_text_is_in_three_languages_but_a_few_descriptions() -> None:
    """A description in some themes waits for its translation, so that the list of what is missing has something."""
    waiting = [where for where, text in _told() if not all(text) or "-" in text]
    assert all(where.endswith(" d") for where in waiting), waiting
    assert 5 <= len(waiting) <= 12


def test_no_language_repeats_another() -> None:
    """A sentence that is the same in two languages was forgotten."""
    for where, (fr, nl, en) in ((w, t) for w, t in _told() if "-" not in t):
        if len(fr) > 30:
            assert len({fr, nl, en}) == 3, where


def test_every_code_is_given_once() -> None:
    for codes in ([row["id"] for row in ACTIONS], [row["code"] for row in OBJECTIVES]):
        assert not [code for code, times in Counter(codes).items() if times > 1]
    assert set(trails()) <= {row["id"] for row in ACTIONS}


def test_every_row_of_the_mission_has_its_action() -> None:
    rows = [row["mission"] for row in ACTIONS if "mission" in row]
    sizes = {"1": 10, "2": 3, "3": 5, "4": 7, "5": 3}
    assert sorted(rows) == sorted(f"{axis}.{n}" for axis, size in sizes.items() for n in range(1, size + 1))


def test_the_chapter_on_the_administration_is_in_our_own_words(shared_dir: Any) -> None:
    """No eight words in a row are those of the document that the mission is drawn from."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    document = (shared_dir / "plan" / "plan_climat_transformer_administration_fr.txt").read_text(encoding="utf-8")
    for row in ACTIONS:
        if "mission" in row:
            assert not runs(f"{row['t'][0]} . {row['d'][0]}") & runs(document), row["id"]


@pytest.mark.parametrize(
    "odd",
    [
        r"\bseptante|nonante|huitante\b",  # figures instead
        r"lorem|ipsum|xxx|à compléter|\bTBD\b",
        r"\s{2,}|\s$|^\s",
        r"[a-zé],[a-zé]",
    ],
)
def test_texts_are_clean(odd: str) -> None:
    assert not [where for where, text in _told() if any(re.search(odd, part, re.IGNORECASE) for part in text)]


def test_numbers_are_written_as_each_language_writes_them() -> None:
    """1 800 and 30 % in French, 1.800 and 30 % in Dutch, 1,800 and 30% in English; spaces that do not break."""
    for where, (fr, nl, en) in _told():
        assert not re.search(r"\d[.]\d{3}\b|\d%|\d [%\d]", fr), where
        assert not re.search(r"\d,\d{3}\b|\d%|\d %", nl), where
        assert not re.search(r"\d[.]\d{3}\b|\d\s%", en), where
        assert not re.search(r"[^\s\u00a0\u202f][;:?!](?!\d)", re.sub(r"\w+://|\bN\.B", "", fr)), where


def test_one_word_per_thing() -> None:
    """Words that the platform's own interface does not use for what it names."""
    forbidden = {
        "fr": r"\bcollège\b|\bconseil communal\b|\bparacommuna|\bla ville de Senne\b",
        "nl": r"\bafdeling|\bhandvest|\bwoonzorg|\beigenaar van de actie",
        "en": r"\bthe executive\b|\bfuel poor\b|\bplacements\b",
    }
    for where, text in _told():
        for language, part in zip(("fr", "nl", "en"), text, strict=True):
            assert not re.search(forbidden[language], part), (where, part)


def test_every_name_is_known() -> None:
    units = {row[0] for row in table("organisations")["rows"]}
    people = {row[0] for row in table("people")["rows"]}
    tags = {row[0] for row in table("tags")["rows"]}
    codes = {row["id"] for row in ACTIONS}
    for row in ACTIONS:
        assert {row["lead"], *row.get("partners", ())} <= units, row["id"]
        assert {row[k] for k in ("owner", "approver", "sponsor") if k in row} | set(
            row.get("contributors", ())
        ) <= people
        assert set(row.get("tags", ())) <= tags, row["id"]
        assert {c for k in ("precedes", "blocks", "related") for c in row.get(k, ())} <= codes, row["id"]
        assert {line[5] for line in row.get("budget", ()) if len(line) > 5} <= units, row["id"]
    for row in OBJECTIVES:
        assert {row[k] for k in ("lead",) if k in row} <= units, row["code"]
        assert {row[k] for k in ("owner",) if k in row} <= people, row["code"]


def test_budgets_are_in_proportion() -> None:
    """What was spent in a year stands beside what was planned, and is of its size; money in euros, people in few."""
    for row in ACTIONS:
        planned: Counter[tuple[str, int, str]] = Counter()
        for nature, kind, year, unit, amount, *_funder in row.get("budget", ()):
            value = float(str(amount).removeprefix("about "))
            assert (1_000 <= value <= 20_000_000) if unit == "EUR" else (0.2 <= value <= 12), row["id"]
            if kind == "planned":
                planned[nature, year, unit] += value
        for nature, kind, year, unit, amount, *_funder in row.get("budget", ()):
            if kind == "actual":
                assert 0.2 <= float(amount) / planned[nature, year, unit] <= 1.3, (row["id"], year)
