"""Files that are not what they should be: a clear message with place and remedy, in three languages, and nothing lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from senne.core.actors import SYSTEM
from senne.plan import importing
from senne.plan.api import Action, ImportRun
from senne.plan.importers.base import LIMIT, ImportProblem, read_document
from senne.plan.importers.messages import note_text, problem_text
from senne.plan.reading.anomalies import find_anomalies
from tests.city import City

HEADER = "Axe\tObjectif\tAction\tÉchéance\tBudget\tStatut"


def text_file(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "plan.xlsx", "empty_file"),
        (b" \n\n ", "plan.csv", "empty_file"),
        (b"x" * (LIMIT + 1), "plan.txt", "too_large"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "plan.xlsx", "unknown_format"),
        (b"PK\x03\x04 broken", "plan.xlsx", "unknown_format"),
        (b"<html><body><p>rien</p></body></html>", "plan.html", "no_table"),
        (b"un\ttexte\nsans\ten-tete", "plan.txt", "no_header"),
        (b"%PDF-1.4\n%broken", "plan.pdf", "broken_file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_three_languages(content: bytes, name: str, code: str) -> None:
    with pytest.raises(ImportProblem) as problem:
        importing.read_plan_document(content, name)
    assert problem.value.code == code
    texts = set()
    for language in ("fr", "nl", "en"):
        with override(language):
            texts.add(problem_text(problem.value))
    assert len(texts) == 3


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(ImportProblem) as problem:
        read_document(bomb(), "plan.xlsx")
    assert problem.value.code == "zip_bomb"


def test_a_wrong_ending_is_read_for_what_it_is() -> None:
    reading = read_document(workbook(("Axe", "Action"), ("A", "Planter")), "plan.csv")
    assert [note.code for note in reading.notes] == ["wrong_ending"]
    assert "csv" in note_text(reading.notes[0])


def test_a_cell_of_50_000_characters_is_kept_whole() -> None:
    long = "Isoler. " * 6250
    _reading, draft = importing.read_plan_document(text_file(f"A1\tO1\t{long.strip()}"), "plan.txt")
    action = draft.of("action")[0]
    assert action.fields["description"]["fr"] == long.strip()
    assert len(action.fields["title"]["fr"]) <= 200


def test_invisible_marks_go_and_words_stay() -> None:
    reading, draft = importing.read_plan_document(text_file("A1\tO1\tPlan\u200bter\u202e des\x00 arbres"), "plan.txt")
    assert draft.of("action")[0].name == {"fr": "Planter des arbres"}
    assert reading.notes[0].params["rows"] == [2]


def test_two_encodings_in_one_file() -> None:
    content = HEADER.encode() + b"\n" + "A1\tO1\tRénover".encode() + b"\n" + "\t\tIsoler l'école".encode("cp1252")
    reading, draft = importing.read_plan_document(content, "plan.txt")
    assert [action.name["fr"] for action in draft.of("action")] == ["Rénover", "Isoler l'école"]
    assert reading.notes[0].code == "mixed_encodings"


def test_unknown_columns_are_kept_with_each_record() -> None:
    content = b"Axe;Action;Couleur\nA1;Planter;vert"
    _reading, draft = importing.read_plan_document(content, "plan.csv")
    assert draft.of("action")[0].extra == {"Couleur": "vert"}
    assert "unknown_column" in {anomaly.code for anomaly in find_anomalies(draft)}


def test_two_header_rows_and_a_repeated_one() -> None:
    content = b"Axe;;Action\n;Objectif;\nA1;O1;Planter\nAxe;Objectif;Action\n;;Arroser"
    _reading, draft = importing.read_plan_document(content, "plan.csv")
    assert [a.name["fr"] for a in draft.of("action")] == ["Planter", "Arroser"]
    assert [o.name["fr"] for o in draft.of("objective")] == ["O1"]


def test_duplicate_codes_are_flagged_and_both_kept(city: City) -> None:
    content = b"Axe;Objectif;Code;Action\nA1;O1;X-1;Planter\n;;X-1;Arroser"
    started = importing.start_import(content, "plan.csv", actor=SYSTEM, plan=None, organisation=city.units["city"])
    assert "duplicate_code" in {anomaly.code for anomaly in importing.preview(started).anomalies}
    importing.apply_import(started, actor=SYSTEM)
    assert set(Action.objects.filter(code__startswith="X-1").values_list("code", flat=True)) == {"X-1", "X-1-2"}


def test_a_date_and_a_budget_that_are_none_are_kept_as_written(city: City) -> None:
    content = text_file("A1\tO1\tPlanter\t31/02/2025\tà définir\tEn cours", "\t\tArroser\t2026-09\tenv. 50k\t")
    started = importing.start_import(content, "plan.txt", actor=SYSTEM, plan=None, organisation=city.units["city"])
    importing.apply_import(started, actor=SYSTEM)
    planted = Action.objects.get(title__fr="Planter")
    assert planted.extra == {"End": "31/02/2025", "Budget": "à définir"}
    assert planted.status == "under_way"
    line = Action.objects.get(title__fr="Arroser").budget.get()
    assert (line.amount, line.approximate) == (50000, True)


def test_a_file_that_cannot_be_read_is_kept_too(city: City) -> None:
    started = importing.start_import(b"%PDF-1.4", "plan.pdf", actor=SYSTEM, plan=None, organisation=city.units["city"])
    assert started.state == ImportRun.State.FAILED
    assert started.file.size == 8
    assert importing.failure_text(started)
