"""Files that are not what they should be: a clear message with place and remedy, in three languages, and nothing lost.

Each goes through the upload page and through the command, as people send them.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from senne.core import files
from senne.core.actors import SYSTEM
from senne.plan import import_words, importing
from senne.plan.api import Action, ImportRun, Plan
from senne.plan.importers.base import LIMIT, ImportProblem
from senne.plan.importers.messages import PROBLEMS, note_text, problem_text
from senne.plan.reading.anomalies import find_anomalies
from tests.city import City
from tests.plan.importers import bad_files
from tests.plan.importers.makers import Made, delimited, xlsx

LANGUAGES = ("fr", "nl", "en")
REFUSED = bad_files.refused()
HEADER = ("Axe", "Objectif", "Action", "Échéance", "Budget", "Statut")


@pytest.fixture
def manager(city: City, client: Client) -> Client:
    city.login("body_manager", client)
    return client


def upload(client: Client, content: bytes, name: str) -> ImportRun:
    """Through the page: what the person sends, and the run that they are shown."""
    file = SimpleUploadedFile(name, content)
    response = client.post("/fr/work/imports/", {"file": file, "visibility": "internal"})
    assert response.status_code == 302, html.unescape(response.content.decode())[:3000]
    return ImportRun.objects.get(pk=int(response["Location"].rstrip("/").rsplit("/", 1)[1]))


def shown(client: Client, run: ImportRun, language: str) -> str:
    response = client.get(f"/{language}/work/imports/{run.pk}/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def command(tmp_path: Path, content: bytes, name: str, **options: object) -> dict[str, object]:
    path = tmp_path / name
    path.write_bytes(content)
    output = StringIO()
    call_command("import_plan", path, stdout=output, json=True, **options)
    found: dict[str, object] = json.loads(output.getvalue())
    return found


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_says_why_on_the_page(manager: Client, case: str) -> None:
    content, name, code = REFUSED[case]
    run = upload(manager, content, name)
    assert (run.state, run.report["code"]) == (ImportRun.State.FAILED, code)
    problem = ImportProblem(code, **run.report["params"])
    texts = set()
    for language in LANGUAGES:
        with override(language):
            texts.add(problem_text(problem))
            assert problem_text(problem) in shown(manager, run, language)
    assert len(texts) == 3
    assert files.read_file(run.file) == content
    assert b"".join(manager.get(f"/fr/work/imports/{run.pk}/file/").streaming_content) == content  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_says_why_in_the_command(db: None, tmp_path: Path, case: str) -> None:
    content, name, code = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content)
    for language in LANGUAGES:
        output = StringIO()
        with pytest.raises(CommandError) as error:
            call_command("import_plan", path, language=language, json=True, stdout=output)
        told = json.loads(output.getvalue())["problem"]
        assert (told["code"], error.value.returncode) == (code, 1)
        with override(language):
            assert told["text"] == problem_text(ImportProblem(code, **told["params"]))
            assert told["text"] in str(error.value)
    assert not Plan.objects.exists()


def test_every_problem_has_its_case() -> None:
    others = {"too_large", "too_many_pages", "too_slow"}  # tested on their own
    assert {code for _content, _name, code in REFUSED.values()} == set(PROBLEMS) - others


@pytest.mark.parametrize(
    "case", ["bomb in xlsx", "bomb in ods", "bomb in docx", "many rows", "repeated cells", "entities in ods"]
)
def test_a_bomb_does_not_fill_the_machine(tmp_path: Path, case: str) -> None:
    """Measured in a process of its own: what reading such a file takes at most."""
    content, name, code = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    script = (
        "import resource, sys\nfrom senne.plan.importers.base import ImportProblem, read_document\n"
        "try:\n    read_document(open(sys.argv[1], 'rb').read(), sys.argv[1])\n"
        "except ImportProblem as problem:\n    print(problem.code)\n"
        "held = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(int(held.split()[1]) // 1024, resource.getrusage(resource.RUSAGE_SELF).ru_utime)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / name)], capture_output=True, check=True, text=True
    )
    told, figures = done.stdout.split("\n", 1)
    megabytes, seconds = figures.split()
    assert told == code
    assert int(megabytes) < 250
    assert float(seconds) < 20


def test_a_file_over_the_limit_is_refused_with_what_to_do(manager: Client, tmp_path: Path) -> None:
    content = b"x" * (LIMIT + 1)
    run = upload(manager, content, "plan.txt")
    for language in LANGUAGES:
        with override(language):
            assert problem_text(ImportProblem("too_large", size_mb=27, limit_mb=26)) in shown(manager, run, language)
    (tmp_path / "plan.txt").write_bytes(content)
    with pytest.raises(CommandError, match="27 Mo|27 MB"):
        call_command("import_plan", tmp_path / "plan.txt")


@pytest.mark.parametrize("code", ["too_many_pages", "too_slow"])
def test_the_other_messages_are_in_three_languages_too(code: str) -> None:
    texts = set()
    for language in LANGUAGES:
        with override(language):
            texts.add(problem_text(ImportProblem(code, pages=900, limit=400, seconds=180)))
    assert len(texts) == 3


# ---- Odd, but read ------------------------------------------------------------------------------------------------


def both(manager: Client, tmp_path: Path, content: bytes, name: str) -> tuple[dict[str, object], str]:
    """What the command tells, and the page in English; the run is applied through the page."""
    told = command(tmp_path, content, name, dry_run=True, language="en")
    run = upload(manager, content, name)
    page = shown(manager, run, "en")
    for note in told["notes"]:  # type: ignore[attr-defined]
        assert note in page
    response = manager.post(f"/fr/work/imports/{run.pk}/", {"apply": "1"})
    assert response.status_code == 302
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED, run.report
    return told, page


def three(note: str, **params: object) -> None:
    """The note differs in each language."""
    from senne.plan.importers.base import Note

    texts = set()
    for language in LANGUAGES:
        with override(language):
            texts.add(note_text(Note(note, params=dict(params))))
    assert len(texts) == 3


def actions() -> list[str]:
    return sorted(str(action.title["fr"]) for action in Action.objects.exclude(imported={}))


def test_a_wrong_ending_is_read_for_what_it_is(manager: Client, tmp_path: Path) -> None:
    told, _page = both(manager, tmp_path, xlsx(bad_files.TABLE), "plan.csv")
    assert told["notes"] == ["The file is called .csv but is XLSX; it was read as what it is."]
    assert actions() == ["Tracer un chemin"]
    three("wrong_ending", ending="csv", format="XLSX")


def test_a_cell_of_50_000_characters_is_kept_whole(manager: Client, tmp_path: Path) -> None:
    long = ("Isoler. " * 6250).strip()
    both(manager, tmp_path, delimited(Made([HEADER, ("A1", "O1", long)])), "plan.csv")
    action = Action.objects.get(description__fr__startswith="Isoler.")
    assert action.description["fr"] == long
    assert len(action.title["fr"]) <= 200


def test_invisible_marks_go_and_words_stay(manager: Client, tmp_path: Path) -> None:
    content = delimited(Made([HEADER, ("A1", "O1", "Plan\u200bter\u202e des\x00 arb\u00adres")]))
    told, _page = both(manager, tmp_path, content, "plan.csv")
    assert actions() == ["Planter des arbres"]
    assert told["notes"] == ["Invisible marks were taken out in row 2."]
    three("invisible_marks", rows=[2], count=1)


def test_two_encodings_in_one_file(manager: Client, tmp_path: Path) -> None:
    content = ";".join(HEADER).encode() + b"\nA1;O1;" + "Rénover".encode() + b"\n;;" + "Isoler l’école".encode("cp1252")
    told, _page = both(manager, tmp_path, content, "plan.csv")
    assert actions() == ["Isoler l’école", "Rénover"]
    assert told["notes"] == ["Two encodings are mixed; row 3 were read as Windows-1252."]
    three("mixed_encodings", rows=[3], count=1, encoding="Windows-1252")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_old_encodings_are_told_apart_by_their_letters(encoding: str) -> None:
    content = "Axe;Action\nForêt;Rénover l'école à côté du théâtre, où ça gêne".encode(encoding)
    _reading, draft = importing.read_plan_document(content, "plan.csv")
    assert draft.of("action")[0].name == {"fr": "Rénover l'école à côté du théâtre, où ça gêne"}


def test_unknown_columns_are_kept_with_each_record(manager: Client, tmp_path: Path) -> None:
    _told, page = both(manager, tmp_path, b"Axe;Action;Couleur\nA1;Planter;vert", "plan.csv")
    assert "A column that Senne does not know: “Couleur”" in page
    assert Action.objects.get(title__fr="Planter").extra == {"Couleur": "vert"}


def test_two_header_rows_and_a_repeated_one(manager: Client, tmp_path: Path) -> None:
    content = b"Axe;;Action\n;Objectif;\nA1;O1;Planter\nAxe;Objectif;Action\n;;Arroser"
    both(manager, tmp_path, content, "plan.csv")
    assert actions() == ["Arroser", "Planter"]
    assert {str(a.objectives.get().statement["fr"]) for a in Action.objects.exclude(imported={})} == {"O1"}


def test_duplicate_codes_are_flagged_and_both_kept(manager: Client, tmp_path: Path) -> None:
    content = b"Axe;Objectif;Code;Action\nA1;O1;X-1;Planter\n;;X-1;Arroser"
    told, page = both(manager, tmp_path, content, "plan.csv")
    assert "duplicate_code" in [anomaly["code"] for anomaly in told["anomalies"]]  # type: ignore[attr-defined]
    assert "The same code for different records" in page
    assert set(Action.objects.filter(code__startswith="X-1").values_list("code", flat=True)) == {"X-1", "X-1-2"}


def test_a_date_and_a_budget_that_are_none_are_kept_as_written(manager: Client, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("A1", "O1", "Planter", "31/02/2025", "à définir", "En cours"),
        ("", "", "Arroser", "2026-09", "env. 50k", ""),
        ("", "", "Semer", "2027", "1.234,50 €", "peut-être"),
    ]
    _told, page = both(manager, tmp_path, delimited(Made(rows)), "plan.csv")
    assert "Values in “Échéance” that could not be read. They are kept as they stand." in page
    planted = Action.objects.get(title__fr="Planter")
    assert planted.extra == {"Échéance": "31/02/2025", "Budget": "à définir"}
    assert planted.status == "under_way"
    watered = Action.objects.get(title__fr="Arroser").budget.get()
    assert (watered.amount, watered.approximate) == (50000, True)
    sown = Action.objects.get(title__fr="Semer")
    assert sown.budget.get().amount == 1234.5
    assert sown.extra == {"Statut": "peut-être"}


def test_a_quote_that_is_never_closed_swallows_nothing(manager: Client, tmp_path: Path) -> None:
    content = b'Axe;Action;Pilote\nA1;"Quartiers verts;Parks\nA2;"Rue ""basse""";Roads\n'
    told, _page = both(manager, tmp_path, content, "plan.csv")
    assert actions() == ['"Quartiers verts', 'Rue "basse"']
    assert told["notes"] == [
        "A quote is opened and never closed in row 2; the quotes were read as they stand. Check these rows."
    ]
    three("lone_quotes", rows=[2], count=1)


def test_a_sheet_that_claims_to_be_as_large_as_sheets_get(manager: Client, tmp_path: Path) -> None:
    told, _page = both(manager, tmp_path, bad_files.xlsx_claiming_everything(), "plan.xlsx")
    assert "Tracer un chemin" in actions()
    assert told["counts"]["action"] >= 1  # type: ignore[index]


def test_a_table_in_an_opendocument_text_is_read(manager: Client, tmp_path: Path) -> None:
    from io import BytesIO

    from odf import table as odf_table
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Axe 1 : Mobilité"))
    grid = odf_table.Table(name="t")
    for row in (("Objectif", "Action"), ("Marcher", "Tracer un chemin")):
        line = odf_table.TableRow()
        for text in row:
            cell = odf_table.TableCell()
            cell.addElement(P(text=text))
            line.addElement(cell)
        grid.addElement(line)
    document.text.addElement(grid)
    buffer = BytesIO()
    document.write(buffer)
    both(manager, tmp_path, buffer.getvalue(), "plan.odt")
    assert actions() == ["Tracer un chemin"]


def test_a_file_that_cannot_be_read_is_kept_too(city: City) -> None:
    started = importing.start_import(b"%PDF-1.4", "plan.pdf", actor=SYSTEM, plan=None, organisation=city.units["city"])
    assert started.state == ImportRun.State.FAILED
    assert started.file.size == 8
    assert import_words.failure_text(started)


def test_a_row_that_cannot_be_written_leaves_the_others_alone(city: City) -> None:
    """The document moves an end before a start that only the plan knows: that record is refused, the rest is written."""
    first = delimited(
        Made(
            [
                ("Axe", "Code", "Action", "Début", "Fin"),
                ("A", "M1", "Planter", "2027-03-01", "2028-01-01"),
                ("", "M2", "Semer", "", ""),
            ]
        )
    )
    run = importing.start_import(first, "plan.csv", actor=SYSTEM, plan=None, organisation=city.units["city"])
    importing.apply_import(run, actor=SYSTEM)
    second = delimited(
        Made([("Axe", "Code", "Action", "Fin"), ("A", "M1", "Planter", "2026-01-01"), ("", "M2", "Semer partout", "")])
    )
    run = importing.start_import(second, "plan.csv", actor=SYSTEM, plan=None, organisation=city.units["city"])
    counts = importing.apply_import(run, actor=SYSTEM)
    assert counts["actions_changed"] == 1
    assert counts["refused"][0].startswith("M1 Planter:")
    assert Action.objects.get(code="M2").title["fr"] == "Semer partout"


def test_what_people_should_look_at_is_told_with_its_place() -> None:
    _reading, draft = importing.read_plan_document(b"Axe;Action;Fin\nA1;Planter;x\n;Semer;y", "plan.csv")
    [anomaly] = [a for a in find_anomalies(draft) if a.code == "unreadable"]
    with override("fr"):
        assert import_words.places_text(anomaly) == "lignes 2–3"
