"""senne import-plan: what it says, what it writes, how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from senne.core.models import Organisation
from senne.plan.api import Action, Plan
from tests.city import City

DOCUMENT = "Axe;Objectif;Code;Action;Fin\nAir;Mesurer;M1;Poser des capteurs;2027\n;;M2;Publier;jamais\n"


def run(path: Path, *arguments: str) -> str:
    output = StringIO()
    call_command("import_plan", path, *arguments, stdout=output)
    return output.getvalue()


def told(path: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(path, "--json", *arguments))
    return found


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Plan air.csv"
    path.write_text(DOCUMENT)
    return path


def test_a_first_document_comes_into_an_empty_store(db: None, document: Path) -> None:
    said = run(document, "--language", "en")
    assert "1 axes, 1 objectives, 2 actions; legend: 0 entries" in said
    assert "! Values in “Fin” that could not be read. They are kept as they stand. (row 3): jamais" in said
    assert "actions_created 2" in said
    assert "/en/plans/plan-air/" in said
    assert Plan.objects.get().visibility == "public"
    assert Organisation.objects.get().kind == "city"


def test_a_dry_run_writes_nothing(db: None, document: Path) -> None:
    found = told(document, "--dry-run")
    assert (found["plan"], len(found["difference"]["new"])) == (None, 5)
    assert "written" not in found
    assert not Plan.objects.exists()


def test_the_json_object_keeps_its_shape(db: None, document: Path) -> None:
    """What docs/exchange.md promises."""
    found = told(document, "--internal")
    assert set(found) == {
        "file", "plan", "title", "language", "counts", "legend", "notes", "anomalies", "difference", "written", "address",
    }  # fmt: skip
    assert found["counts"] == {"theme": 0, "axis": 1, "objective": 1, "action": 2}
    assert found["plan"] == "plan-air"
    [anomaly] = [item for item in found["anomalies"] if item["code"] == "unreadable"]
    assert anomaly["places"] == [{"sheet": "", "row": 3}]
    assert set(anomaly) == {"id", "code", "title", "places", "texts", "choices"}
    assert found["written"]["actions_created"] == 2
    assert Plan.objects.get().visibility == "internal"
    document.write_text(DOCUMENT.replace("Poser", "Installer").replace("Publier;jamais", "Montrer;2028"))
    again = told(document)
    assert again["difference"]["changed"][0] == {
        "kind": "action",
        "code": "M1",
        "field": "title",
        "now": {"fr": "Poser des capteurs"},
        "new": {"fr": "Installer des capteurs"},
        "state": "document",
        "why": "untouched",
    }
    assert again["written"] == {"actions_changed": 2}
    assert Action.objects.get(code="M2").extra == {}


def test_the_same_document_again_says_that_nothing_changes(db: None, document: Path) -> None:
    run(document)
    assert "nothing changes" in run(document, "--language", "en")
    assert told(document)["written"] == {}


@pytest.mark.parametrize(("arguments", "code"), [(("--plan", "NONE"), 2), ((), 1)])
def test_each_end_has_its_code(city: City, tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("rien\n" if code == 1 else DOCUMENT)
    with pytest.raises(CommandError) as error:
        run(path, *arguments)
    assert error.value.returncode == code


def test_a_file_that_is_not_there(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing.csv") as error:
        run(tmp_path / "nothing.csv")
    assert error.value.returncode == 2


def test_a_problem_is_told_in_json_too(db: None, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"")
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("import_plan", path, "--json", stdout=output)
    assert json.loads(output.getvalue())["problem"]["code"] == "empty_file"


def test_a_plan_can_be_named(city: City, document: Path) -> None:
    found = told(document, "--plan", "WELFARE")
    assert found["plan"] == "WELFARE"
    assert Action.objects.get(code="M1").plan == city.body_plan
