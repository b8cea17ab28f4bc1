"""Whatever the table, in whatever format: the text of every cell is found again in what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senne.plan.columns import LANGUAGES
from senne.plan.importers.base import ImportProblem, read_document
from senne.plan.reading import values, wording
from senne.plan.reading.draft import Draft
from senne.plan.reading.structure import NoHeader, read_draft
from tests.plan.importers.makers import MAKERS, Made

HEADS = (
    "Axe", "Axe/As", "Thème", "Objectif stratégique", "Doelstelling", "Objectif opérationnel", "Action",
    "Actie (NL)", "Mesure", "N°", "Code axe", "Code objectif", "Description", "Effet attendu", "Pilote",
    "Service(s) partenaire(s)", "Statut", "Phase", "Début", "Échéance", "Timing", "Budget", "Budget 2025 (k€)",
    "ETP 2026", "Étapes", "Caractéristiques", "Atténuation", "Mots-clés", "Indicateur(s) de suivi", "Avancement",
    "Remarques", "Priorité", "Poids", "Horizon", "Visibilité", "Couleur", "Remarque du CRU", "", "2025",
    "Mandataire", "Continu",
)  # fmt: skip
TYPED = (
    "2027", "09/2026", "31/02/2025", "d'ici 2030", "2024-2026", "T3 2026", "1.234,50 €", "env. 50k", "12 k€ HTVA",
    "à définir", "En cours", "lopend", "réalisé – voir annexe", "étude", "x", "✓", "oui", "1", "1.1", "A-12",
    "TA1", "n/a", "–", "0", "5/26", "Continu", "haute", "99999999999999999999", "40000", "interne",
    "Atténuation; Adaptation", "vélo, marche",
)  # fmt: skip
syllables = st.text("abcdefghijklmnopqrstuvwxyzéèàçôïûüÉÀ", min_size=4, max_size=9)
phrases = st.lists(syllables, min_size=1, max_size=6).map(" ".join)
prefixes = st.sampled_from(
    ["", "", "", "1. ", "TA2 ", "Action 3 : ", "1.2.3 - ", "a) ", "Axe 4 – ", "Objectif 2.1 : ", "N° 7 ", "- "]
)
marks = st.sampled_from(["", "", "", ".", " / suite", ";", "\n", " (", " <", "&", '"', "'", ", "])
cells = st.one_of(
    st.just(""),
    st.just(""),
    st.sampled_from(TYPED),
    st.builds(lambda a, b, c: a + b + c, prefixes, phrases, marks),
    st.builds(lambda a, b: f"{a}\n{b}", phrases, phrases),
    phrases.map(lambda text: " ".join([text] * 12)),
)


@st.composite
def tables(draw: st.DrawFn, merging: bool) -> Made:
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=2, max_size=8, unique=True))
    if not {"Action", "Mesure", "Objectif stratégique"} & set(heads):
        heads[draw(st.integers(0, len(heads) - 1))] = "Action"
    rows: list[list[str]] = [heads]
    for _row in range(draw(st.integers(1, 7))):
        rows.append([draw(cells) for _head in heads])
    if draw(st.booleans()):
        rows.append(heads)
        rows.append([draw(cells) for _head in heads])
    if draw(st.integers(0, 4)) == 0:
        rows += [["Légende"], ["", draw(phrases)]]
    merged: list[tuple[int, int, int, int]] = []
    if merging:
        for column in range(len(heads)):
            top = draw(st.integers(1, len(rows)))
            bottom = min(top + draw(st.integers(1, 3)), len(rows) - 1)
            straight = all(len(row) == len(heads) and row != heads for row in rows[top : bottom + 1])
            if bottom > top and straight and draw(st.booleans()):
                merged.append((top, column, bottom, column))
    over = draw(st.lists(phrases, max_size=2))
    return Made(rows, merged, over)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    elif value is not None:
        yield str(value)


def kept(draft: Draft) -> set[str]:
    """Every word of the draft, and every value of its fields."""
    found: set[str] = set()
    for node in draft.root.walk():
        texts = [node.code, *strings(node.fields), *strings(node.extra)]
        found |= {word for text in texts for word in words(text)} | set(texts)
    for text in (
        draft.title,
        *(e.text for e in draft.legend),
        *(text for o in draft.oddities for text in (o.found, o.column)),
    ):
        found |= {*words(text), text}
    return found


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def meanings(text: str) -> Iterator[str]:
    """What a cell may have become."""
    text = text.strip()
    for kind in ("status", "phase", "priority", "visibility"):
        try:
            yield wording.word(kind, text)
        except ValueError:
            continue
    if wording.is_yes(text):
        yield from ("True", "mitigation")
    if text == "0":
        yield "False"
    with suppress(ValueError, ArithmeticError):
        yield values.cents(values.money(text).amount)
        yield values.cents(values.money(text).amount * 1000)
    with suppress(ValueError):
        yield values.period(text).end


def check(content: bytes, name: str, made: Made) -> None:
    try:
        draft = read_draft(read_document(content, name).sheets, "plan")
    except (NoHeader, ImportProblem) as problem:
        pytest.fail(f"not read: {problem}")
    found = kept(draft)
    hidden = {
        (r, c)
        for top, left, bottom, right in made.merged
        for r in range(top + 1, bottom + 1)
        for c in range(left, right + 1)
    }
    texts = list(made.over) + [
        text
        for r, row in enumerate(made.rows)
        for c, text in enumerate(row)
        if row != made.rows[0] and (r, c) not in hidden and text != "Légende"
    ]
    for text in texts:
        label = re.match(r"^(?:Action|Objectif|Axe|N°) (?=[\d.]+ )", text)
        rest = text[label.end() :] if label else text
        missing = [word for word in words(rest) if word not in found]
        assert not missing or set(meanings(text)) & found, (text, missing)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "docx", "html"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables(merging=True))
def test_every_cell_of_a_table_with_merged_cells(kind: str, made: Made) -> None:
    made = made if kind in {"xlsx", "ods"} else Made(made.rows, made.merged)  # a text's paragraphs are no cells
    check(MAKERS[kind](made), f"plan.{kind}", made)


@pytest.mark.parametrize("mark", [";", ",", "|", "\t"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables(merging=False), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
def test_every_cell_of_delimited_text(mark: str, made: Made, encoding: str) -> None:
    check(MAKERS["csv"](made, mark=mark, encoding=encoding), "plan.csv", made)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables(merging=False))
def test_every_cell_of_a_pdf(made: Made) -> None:
    rows = [[cell.replace("✓", "x") for cell in row] for row in made.rows]
    made = Made(rows)
    check(MAKERS["pdf"](made, repeat=0), "plan.pdf", made)


def test_a_year_under_a_tick_is_no_second_line_of_the_header() -> None:
    rows = [["Action", "Mots-clés", "Atténuation"], ["", "", "2027"], ["Planter", "", "x"]]
    made = Made(rows=rows, merged=[], over=(), name="Sheet1")
    check(MAKERS["csv"](made), "plan.csv", made)


def test_the_languages_are_those_of_the_platform() -> None:
    assert LANGUAGES == ("fr", "nl", "en")
