"""Histories in words: every kind of record, every field, in three languages; nothing that may not be seen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.functional import Promise

from senne.core import organisations, people
from senne.core.actors import SYSTEM
from senne.core.models import AuditEntry, Feedback
from senne.core.records import _IGNORED
from senne.plan.api import BudgetLine, do
from senne.plan.api import words as plan_words
from senne.workspace.in_words import label_of_field, value_in_words
from senne.workspace.marking import marked
from senne.workspace.telling import tell
from senne.workspace.words import FIELD_LABELS, KIND_LABELS, VERB_LABELS
from tests.city import TODAY, City, words
from tests.workspace.conftest import Browse


def history_of(city: City, name: str = "roads_public") -> str:
    return f"/fr/work/record/action/{city.actions[name].pk}/history/"


def test_a_change_in_words(city: City, browse: Browse) -> None:
    action = city.actions["roads_public"]
    do.report(action, {"status": "under_way", "phase": "decided"}, actor=city.actor("owner"), today=TODAY)
    body = browse("head").get(history_of(city)).content.decode()
    assert "a rendu compte" in body
    assert "À démarrer" in body
    assert "En cours" in body
    assert "24 novembre 2026" in body
    assert "to_start" not in body
    assert "plan.action" not in body


def test_the_words_that_changed_are_marked(city: City, browse: Browse) -> None:
    text = "Une piste cyclable de deux kilomètres le long du canal"
    do.change_action(city.actions["roads_public"], {"description": words(text)}, actor=SYSTEM)
    longer = text.replace("deux", "trois")
    do.change_action(city.actions["roads_public"], {"description": words(longer)}, actor=SYSTEM)
    body = browse("head").get(history_of(city)).content.decode()
    assert "<del>deux</del>" in body
    assert "<ins>trois</ins>" in body
    assert "(Nederlands)" in body


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        ("a b c d", "a x c d", "a <del>b</del> c d", "a <ins>x</ins> c d"),
        ("", "neuf", "", "neuf"),
        ("tout autre", "rien de commun", "tout autre", "rien de commun"),
        ("<b> un deux", "<b> un trois", "&lt;b&gt; un <del>deux</del>", "&lt;b&gt; un <ins>trois</ins>"),
    ],
)
def test_marks(before: str, after: str, was: str, now: str) -> None:
    assert marked(before, after) == (was, now)


def test_a_very_long_text_is_given_whole() -> None:
    long = "mot " * 3000
    assert "<ins>" not in marked(long, long + "fin")[1]


def test_dates_are_told_as_exactly_as_they_are_known(city: City, browse: Browse) -> None:
    from datetime import date

    values = {"end_on": date(2028, 9, 1), "end_precision": "month"}
    do.change_action(city.actions["roads_public"], values, actor=SYSTEM)
    body = browse("head").get(history_of(city)).content.decode()
    assert "septembre 2028" in body
    assert "1 septembre 2028" not in body


def test_people_and_steps_are_named(city: City, browse: Browse) -> None:
    action = city.actions["roads_public"]
    do.add_contact(action, city.people["contributor"], plan_words.ContactRole.APPROVER, actor=city.actor("owner"))
    body = browse("head").get(history_of(city)).content.decode()
    assert "Contributor" in body
    assert "Première étape" in body


def test_a_record_that_may_not_be_seen_is_not_named(city: City, browse: Browse) -> None:
    action, hidden = city.actions["roads_public"], city.actions["welfare_internal"]
    do.relate(action, hidden, plan_words.RelationKind.RELATED, actor=SYSTEM)
    body = browse("head").get(history_of(city)).content.decode()
    assert "welfare internal" not in body
    assert "que vous ne pouvez pas voir" in body
    assert "welfare internal" in browse("coordination").get(history_of(city)).content.decode()


@pytest.mark.parametrize(("name", "status"), [("reader", 403), ("body_manager", 403), ("contributor", 200)])
def test_who_may_read_it(city: City, browse: Browse, name: str, status: int) -> None:
    assert browse(name).get(history_of(city)).status_code == status


def test_every_kind_of_record_has_its_history(city: City, browse: Browse) -> None:
    message = Feedback.objects.create(organisation=city.units["city"], language="fr", message="Bonjour")
    theme, axis = city.plan.themes.get(), city.plan.axes.get()
    client = browse("coordination")
    for language in ("fr", "nl", "en"):
        for kind, record in (
            ("plan", city.plan), ("theme", theme), ("axis", axis), ("objective", city.objective),
            ("action", city.actions["roads_public"]), ("organisation", city.units["roads"]),
            ("person", city.people["head"]), ("feedback", message),
        ):  # fmt: skip
            response = client.get(f"/{language}/work/record/{kind}/{record.pk}/history/")
            assert response.status_code == 200, kind
    assert client.get("/fr/work/record/session/1/history/").status_code == 404


def test_messages_and_people_are_for_those_who_look_after_them(city: City, browse: Browse) -> None:
    message = Feedback.objects.create(organisation=city.units["city"], language="fr", message="Bonjour")
    for path in (f"feedback/{message.pk}", f"person/{city.people['head'].pk}"):
        assert browse("owner").get(f"/fr/work/record/{path}/history/").status_code in {403, 404}


def test_a_role_given_is_told_on_the_persons_page(city: City, browse: Browse) -> None:
    body = browse("coordination").get(f"/nl/work/record/person/{city.people['head'].pk}/history/").content.decode()
    assert "Departementshoofd" in body or "Hoofd" in body
    assert "head" not in body.split("<ol")[1].split("</ol>")[0].replace("Head", "")


@pytest.mark.parametrize(
    ("name", "path"), [("owner", "/fr/plans/CLIMATE/"), ("coordination", "/fr/work/plans/CLIMATE/")]
)
def test_the_way_back_is_a_page_that_its_reader_may_open(city: City, browse: Browse, name: str, path: str) -> None:
    client = browse(name)
    body = client.get(f"/fr/work/record/plan/{city.plan.pk}/history/").content.decode()
    assert f'<li><a href="{path}">CLIMATE</a></li>' in body
    assert client.get(path).status_code == 200


def test_a_login_and_an_import_are_told_in_words(city: City) -> None:
    from senne.core.models import User
    from senne.plan.api import ImportRun

    with translation.override("fr"):
        assert value_in_words(User, "method", "password, mfa") == "mot de passe, second facteur"
        told = value_in_words(ImportRun, "report", {"themes_created": 1, "objectives_created": 4})
    assert "1 nouveaux" in told
    assert "themes_created" not in told


def kinds() -> list[type[Any]]:
    return [apps.get_model(kind) for kind in KIND_LABELS]


@pytest.mark.parametrize("model", kinds(), ids=lambda model: model._meta.label_lower)
def test_every_field_has_a_name_in_words(model: type[Any]) -> None:
    """Of every kind of record that leaves a trace: a name from its model, or from our own list."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    told = [f for f in fields if f.editable and f.name not in _IGNORED]
    nameless = [f.name for f in told if not isinstance(f.verbose_name, Promise) and f.name not in FIELD_LABELS]
    assert set(nameless) <= {"groups", "user_permissions", "is_superuser", "password"}
    with translation.override("nl"):
        assert label_of_field(model, "no_such_field") == "No_such_field"


def test_every_kind_that_left_a_trace_has_a_name(city: City) -> None:
    traced = set(AuditEntry.objects.values_list("kind", flat=True).distinct())
    assert traced <= set(KIND_LABELS)


def test_pages_of_twenty_in_a_constant_number_of_questions(city: City, browse: Browse) -> None:
    client, action = browse("head"), city.actions["roads_public"]

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def add(times: int) -> None:
        for number in range(times):
            values = {"kind": "planned", "amount": number + 1, "unit": "EUR", "funder": city.units["parks"]}
            do.add_child(BudgetLine, action, values, actor=SYSTEM)

    add(25)
    before = count(history_of(city))
    add(30)
    assert count(history_of(city)) == before
    assert "Page 1 sur 3" in client.get(history_of(city)).content.decode()


def test_the_trail_of_a_move_and_a_departure_is_readable(city: City) -> None:
    organisations.change_organisation(
        city.units["roads-north"], {"parent": city.units["parks"]}, actor=SYSTEM, reason="Réforme"
    )
    people.leave(city.people["owner"], TODAY, actor=SYSTEM, reason="Pension")
    with translation.override("fr"):
        told = tell(AuditEntry.objects.order_by("-id")[:6], city.actor("coordination"))
    assert any(entry.reason == "Pension" for entry in told)
    assert all(line.name for entry in told for line in entry.lines)


def test_every_deed_has_its_word() -> None:
    """Each verb that the code writes into the trail is one that a reader understands."""
    source = Path(__file__).resolve().parents[2] / "src" / "senne"
    calls = re.compile(
        r"(?:verb=|records\.note\(\w+, |_blank\(comment, [^()]+, actor, |tell\(user, |_simply\([\w.]+, |"
        r'_outside_login\([\w.]+, )"(\w+)"'
    )
    written = {verb for path in source.rglob("*.py") for verb in calls.findall(path.read_text(encoding="utf-8"))}
    assert {"report", "login", "password_changed", "remind", "export", "take_back", "adopt"} <= written
    assert written <= set(VERB_LABELS)
