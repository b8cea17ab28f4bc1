"""Pages and files of reports: ready-made for everybody, each with format and weight; for staff what they may see."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from pptx import Presentation

from senne.core.actors import SYSTEM
from senne.core.text import Text
from senne.plan.api import do, freezing
from senne.reports import jobs, public
from senne.reports.models import ReportJob
from senne.reports.views import files as file_views
from senne.reports.writers import pdf
from tests.city import City, make_action, make_indicator

PLAN = "CLIMATE"


def freeze(city: City, days_ago: int = 0, public: bool = True, name: str = "Tour") -> Any:
    day = timezone.localdate() - timedelta(days=days_ago)
    return freezing.freeze(city.plan, freezing.Label("round", Text(fr=name), public=public), day, actor=SYSTEM)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_what_is_ready_made_is_offered_with_format_and_weight(city: City, client: Client, language: str) -> None:
    page = text(client.get(f"/{language}/reports/"))
    for kind, form in (("state", "PDF"), ("quarter-hour", "PowerPoint"), ("workbook", "Excel")):
        [label] = re.findall(rf'href="/{language}/reports/files/{PLAN}/{kind}\.\w+"[^>]*>([^<]+)', page)
        assert form in label
        assert re.search(r"\d+ (ko|kB)", label)
    assert "college" not in page, "the college's slides are for staff"
    assert 'rel="nofollow"' in page


def test_the_weight_is_that_of_the_last_one_made(city: City, client: Client) -> None:
    size = len(client.get(f"/fr/reports/files/{PLAN}/quarter-hour.pptx").content)
    assert f"PowerPoint, environ {round(size / 1000)} ko" in text(client.get("/fr/reports/"))


@pytest.mark.parametrize(
    ("path", "start"),
    [("state.pdf", b"%PDF"), ("quarter-hour.pptx", b"PK"), ("workbook.xlsx", b"PK"), ("actions/roads-public.pdf", b"%PDF"),
     ("objectives/O1.pdf", b"%PDF")],
)  # fmt: skip
def test_light_files_are_made_at_once_for_everybody(city: City, client: Client, path: str, start: bytes) -> None:
    answer = client.get(f"/nl/reports/files/{PLAN}/{path}")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Content-Disposition"].startswith('attachment; filename="climate-')


def test_visitors_get_what_is_public_and_staff_what_they_may_see(city: City, client: Client) -> None:
    def codes() -> set[str]:
        book = load_workbook(io.BytesIO(client.get(f"/fr/reports/files/{PLAN}/workbook.xlsx").content))
        return {row[0].value for row in book["Actions"].iter_rows(min_row=2)}

    assert codes() == {"roads-public"}
    city.login("reader", client)
    assert codes() == {"roads-public", "roads-internal"}
    city.login("body_manager", client)
    assert codes() == {"roads-public"}


@pytest.mark.parametrize("moment", ["", "?snapshot=1"])
def test_internal_indicators_are_in_the_files_of_those_who_may_see_them(city: City, moment: str) -> None:
    for code, unit, visibility in (
        ("trees", "roads", "public"),
        ("own", "roads", "internal"),
        ("theirs", "welfare", "internal"),
    ):
        do.tie_indicator(city.objective, make_indicator(city, code, unit, visibility), actor=SYSTEM)
    freeze(city, days_ago=1)

    def seen(name: str) -> set[str]:
        reader = Client()
        if name:
            city.login(name, reader)
        book = load_workbook(io.BytesIO(reader.get(f"/fr/reports/files/{PLAN}/workbook.xlsx{moment}").content))
        figures = {row[0].value for row in book["Valeurs"].iter_rows(min_row=2)}
        codes = {row[0].value for row in book["Indicateurs"].iter_rows(min_row=2)}
        page = text(reader.get(f"/fr/reports/{PLAN}/state/{moment}"))
        assert figures == codes == {code for code in ("trees", "own", "theirs") if f"Indicateur {code}" in page}
        return codes

    assert seen("") == {"trees"}
    assert seen("reader") == {"trees", "own"}
    assert seen("body_manager") == {"trees", "theirs"}


def test_more_indicators_ask_no_more_questions(city: City, client: Client) -> None:
    def questions(unseen: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/fr/reports/{PLAN}/state/?unseen={unseen}").status_code == 200
        return len(asked)

    do.tie_indicator(city.objective, make_indicator(city, "first"), actor=SYSTEM)
    questions(0)
    few = questions(1)
    for number in range(6):
        do.tie_indicator(city.objective, make_indicator(city, f"more-{number}"), actor=SYSTEM)
    assert questions(2) == few


@pytest.mark.parametrize(
    "path",
    [
        "reports/files/NONE/state.pdf", f"reports/files/{PLAN}/state.docx", f"reports/files/{PLAN}/yearly.pdf",
        f"reports/files/{PLAN}/action.pdf", f"reports/files/{PLAN}/actions/roads-internal.pdf",
        f"reports/files/{PLAN}/actions/nothing.pdf", f"reports/files/{PLAN}/nothing.pdf",
        f"reports/files/{PLAN}/state.pdf?organisation=nothing", f"reports/files/{PLAN}/state.pdf?snapshot=9",
        f"reports/files/{PLAN}/state.pdf?since=x", "reports/NONE/state/", f"reports/{PLAN}/state/?snapshot=1",
        f"reports/{PLAN}/state/?organisation=nothing",
        "reports/jobs/6d0cbb4e-7f3c-4a4c-8f06-9ee8b5e7b6a1/", "reports/files/jobs/6d0cbb4e-7f3c-4a4c-8f06-9ee8b5e7b6a1/",
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_for_the_reader_looks_the_same(city: City, client: Client, path: str) -> None:
    freeze(city, public=False)
    answer = client.get(f"/fr/{path}")
    assert answer.status_code in {404, 302}
    assert answer.status_code == 404 or "/account/login/" in answer["Location"]


def test_the_colleges_slides_ask_for_a_login(city: City, client: Client) -> None:
    assert "/account/login/" in client.get(f"/fr/reports/files/{PLAN}/college.pptx")["Location"]
    city.login("reader", client)
    assert client.get(f"/fr/reports/files/{PLAN}/college.pptx").content.startswith(b"PK")


def test_a_deck_for_newcomers_shows_their_own_department(city: City, client: Client) -> None:
    content = client.get(f"/fr/reports/files/{PLAN}/quarter-hour.pptx?organisation=roads").content
    titles = [slide.shapes.title.text for slide in Presentation(io.BytesIO(content)).slides]
    assert any("Roads" in title for title in titles)


def test_robots_keep_away_from_files(client: Client, db: None) -> None:
    rules = text(client.get("/robots.txt")).splitlines()
    assert "Disallow: /fr/reports/files/" in rules
    assert "Disallow: /fr/reports/" not in rules


def test_whoever_makes_too_many_files_is_asked_to_wait(city: City, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(file_views, "FILES_AN_HOUR", 2)
    path = f"/fr/reports/files/{PLAN}/actions/roads-public.pdf"
    assert [client.get(path).status_code for _turn in range(3)] == [200, 200, 429]
    city.login("reader", client)
    assert client.get(path).status_code == 200


# ---- The one page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_one_page_is_a_page_of_the_site(city: City, client: Client, language: str) -> None:
    answer = client.get(f"/{language}/reports/{PLAN}/state/")
    page = text(answer)
    assert len(answer.content) < 30_000
    assert page.count("<h1") == 1
    assert "roads-internal" not in page
    assert f"/{language}/reports/files/{PLAN}/state.pdf" in page


def test_a_department_has_its_page_with_links_to_its_actions(city: City, client: Client) -> None:
    page = text(client.get(f"/fr/reports/{PLAN}/state/?organisation=roads"))
    assert f'href="/fr/plans/{PLAN}/actions/roads-public/"' in page
    assert "Roads · Plan CLIMATE" in page
    assert f"state.pdf?organisation=roads" in page  # noqa: F541
    assert "ne pilote aucun objectif" in text(client.get(f"/fr/reports/{PLAN}/state/?organisation=parks"))


def test_it_is_compared_with_the_last_moment_or_the_one_asked_for(city: City, client: Client) -> None:
    freeze(city, 400)
    freeze(city, 30)
    do.report(city.actions["roads_public"], {"status": "done"}, actor=SYSTEM, today=timezone.localdate())
    freeze(city, 0)
    page = text(client.get(f"/fr/reports/{PLAN}/state/"))
    assert "Actions réalisées (1)" in page, "with the last moment of another day"
    assert "Ce qui a bougé" not in text(client.get(f"/fr/reports/{PLAN}/state/?since=none"))
    then = text(client.get(f"/fr/reports/{PLAN}/state/?snapshot=2"))
    assert "instantané 2" in then
    assert "Rien n" in then
    assert client.get(f"/fr/reports/{PLAN}/state/?snapshot=2&since=3").status_code == 404, "not with a later one"


def test_the_number_of_questions_does_not_grow_with_the_plan(city: City, client: Client) -> None:
    def questions() -> int:
        client.get("/fr/reports/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/fr/reports/{PLAN}/state/?x={len(city.actions)}")
        return len(asked)

    few = questions()
    for number in range(8):
        city.actions[f"more{number}"] = make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions() <= few


def test_without_pango_everything_else_works_and_one_line_says_how_to_mend_it(
    city: City, client: Client, monkeypatch: Any
) -> None:
    def missing() -> Any:
        raise pdf.PdfUnavailable("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    for language, word in (("fr", "bibliothèque"), ("nl", "bibliotheek"), ("en", "library")):
        answer = client.get(f"/{language}/reports/files/{PLAN}/state.pdf")
        assert answer.status_code == 503
        assert word in text(answer)
        assert "apt-get install libpango-1.0-0" in text(answer)
    for path in ("", f"{PLAN}/state/", f"files/{PLAN}/quarter-hour.pptx", f"files/{PLAN}/workbook.xlsx"):
        assert client.get(f"/fr/reports/{path}").status_code == 200


# ---- Staff --------------------------------------------------------------------------------------------------------


def ask(client: Client, **values: str) -> Any:
    asked = {"what": "yearly.docx", "language": "nl", "moment": "", "since": "", "organisation": "", **values}
    return client.post(f"/fr/reports/new/?plan={PLAN}", asked)


def test_a_heavy_report_goes_into_the_background_and_its_page_follows_it(city: City, client: Client) -> None:
    city.login("head", client)
    answer = ask(client)
    job = ReportJob.objects.get()
    assert answer["Location"] == f"/fr/reports/jobs/{job.uuid}/"
    page = text(client.get(answer["Location"]))
    assert "Attend son tour" in page
    assert "<progress" in page
    assert "http-equiv" not in page
    assert client.get(f"/fr/reports/files/jobs/{job.uuid}/").status_code == 404, "not before it is ready"
    jobs.run(str(job.uuid), timezone.now)
    page = text(client.get(answer["Location"]))
    assert f"/fr/reports/files/jobs/{job.uuid}/" in page
    got = client.get(f"/fr/reports/files/jobs/{job.uuid}/")
    assert b"".join(got).startswith(b"PK")  # type: ignore[arg-type]
    assert got["Cache-Control"] == "private, no-cache"
    assert "Rapport annuel (Word, NL)" in text(client.get("/fr/reports/"))


def test_a_light_one_is_made_at_once_in_its_language(city: City, client: Client) -> None:
    city.login("head", client)
    answer = ask(client, what="quarter-hour.pptx", organisation="roads")
    assert answer["Location"] == f"/nl/reports/files/{PLAN}/quarter-hour.pptx?organisation=roads"
    snapshot = freeze(city)
    answer = ask(client, what="state.pdf", language="en", moment=str(snapshot.number))
    assert answer["Location"] == f"/en/reports/files/{PLAN}/state.pdf?snapshot=1&since=none"


def test_it_is_stopped_by_a_button(city: City, client: Client) -> None:
    city.login("head", client)
    path = ask(client)["Location"]
    assert client.get(f"{path}cancel/").status_code == 405
    client.post(f"{path}cancel/")
    assert "Annulé" in text(client.get(path))


def test_a_moment_is_compared_with_an_earlier_one_alone(city: City, client: Client) -> None:
    early, late = freeze(city, 30), freeze(city, 3)
    city.login("head", client)
    page = ask(client, moment=str(early.number), since=str(late.number))
    assert "Choisissez un moment antérieur" in text(page)
    ask(client, moment=str(late.number), since=str(early.number))
    job = ReportJob.objects.get()
    assert (job.snapshot, job.since) == (late, early)


def test_a_report_of_a_colleague_with_other_rights_is_not_there(city: City, client: Client) -> None:
    city.login("head", client)
    path = ask(client)["Location"]
    jobs.run(str(ReportJob.objects.get().uuid), timezone.now)
    for name, status in (("reader", 200), ("body_manager", 404)):
        city.login(name, client)
        assert client.get(path).status_code == status
        assert client.get(path.replace("/jobs/", "/files/jobs/")).status_code == status
        assert client.post(f"{path}cancel/").status_code == 404


def test_the_form_is_for_staff(city: City, client: Client) -> None:
    assert "/account/login/" in client.get("/fr/reports/new/")["Location"]


def test_faults_of_the_citys_files_are_shown_to_staff_alone(
    city: City, client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.STORE = tmp_path
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "brand.toml").write_text('colour = "vert"')
    assert client.get(f"/fr/reports/files/{PLAN}/state.pdf").status_code == 200
    assert "brand.toml" not in text(client.get("/fr/reports/"))
    city.login("head", client)
    assert "« vert » n&#x27;est pas une couleur" in text(client.get("/fr/reports/new/"))


def test_public_yearly_reports_are_offered_once_ready_each_with_its_weight(city: City, client: Client) -> None:
    freeze(city, name="Tour 2026")
    public.prepare_public(timezone.now())
    assert "Tour 2026" not in text(client.get("/fr/reports/?one"))
    job = ReportJob.objects.get(language="nl")
    jobs.run(str(job.uuid), timezone.now)
    job.refresh_from_db()
    assert job.file is not None
    page = text(client.get("/fr/reports/?two"))
    assert "Tour 2026" in page
    assert f"Nederlands, PDF, {round(job.file.size / 1000)} ko" in re.sub(r"\s+", " ", page)
    answer = client.get(f"/fr/reports/files/jobs/{job.uuid}/")
    assert b"".join(answer).startswith(b"%PDF")  # type: ignore[arg-type]
    assert "public" in answer["Cache-Control"]
