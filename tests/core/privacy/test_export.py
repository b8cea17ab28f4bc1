"""A person downloads everything that is kept about them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senne.core import people, records
from senne.core.actors import actor_of_person
from senne.core.mailing import notices
from senne.core.mailing.rules import Kind
from senne.core.models import AuditEntry, User
from senne.core.policy import Actor, Refused
from senne.core.privacy import register
from senne.core.privacy.exporting import export_own, kept_of
from tests.city import TODAY, City, words
from tests.core.privacy.full import EMAIL, NAME, fill


def download(city: City) -> dict[str, str]:
    person = city.people["owner"]
    person.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(export_own(actor_of_person(person, TODAY), timezone.now()))) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_it_holds_a_row_of_every_table_and_each_of_its_columns(city: City) -> None:
    """Walks the register: a table that is declared but of which the download says nothing fails here."""
    person = fill(city)
    kept = {table.model: table.json for chapter in kept_of(person) for table in chapter.tables}
    wanted = {held.model: set(held.fields) for held in register.holdings() if held.fields and (held.of or held.address)}
    missing = set(wanted) - set(kept) - {"privacy.erasure"}
    assert missing == set()
    assert {model: set(rows[0]) for model, rows in kept.items()} == {model: wanted[model] for model in kept}


def test_it_is_a_page_to_read_and_data_for_machines(city: City) -> None:
    fill(city)
    files = download(city)
    assert set(files) == {"data.json", "mes-donnees.html"}
    data = json.loads(files["data.json"])
    assert data["schema"] == "senne-personal-data/1"
    assert data["kept"]["people"]["core.person"][0]["name"] == NAME
    page = files["mes-donnees.html"]
    assert '<html lang="fr">' in page
    for told in (NAME, EMAIL, "je resigne", "Historique des modifications", "Commentaires et demandes entre collègues"):
        assert told.replace("’", "&#x27;") in page or told in page, told
    assert "JBSWY3DP" not in page + files["data.json"], "secrets stay secret"
    assert "password" not in json.dumps(data["kept"]["accounts"]["core.user"])


def test_it_is_in_the_persons_language(city: City) -> None:
    person = fill(city)
    people.choose_language(person, "nl", actor=actor_of_person(person, TODAY))
    files = download(city)
    assert '<html lang="nl">' in files["mijn-gegevens.html"]
    assert "Geschiedenis van de wijzigingen" in files["mijn-gegevens.html"]


def test_it_holds_nothing_of_others(city: City) -> None:
    fill(city)
    other = city.people["contributor"]
    people.change_person(other, {"email": "autre@ville.example"}, actor=city.actor("coordination"))
    data = download(city)["data.json"]
    assert "autre@ville.example" not in data
    rows = json.loads(data)["kept"]["people"]["core.person"]
    assert len(rows) == 1


def test_the_trail_says_that_it_was_taken(city: City) -> None:
    fill(city)
    download(city)
    assert AuditEntry.objects.filter(kind="core.person", verb="export").count() == 1


def test_an_account_without_a_person_has_nothing_to_take(city: City) -> None:
    user = User.objects.create_user("nobody@example.org")
    with pytest.raises(Refused):
        export_own(Actor(user_id=user.pk), timezone.now())


def test_many_deeds_cost_no_more_queries_than_few(city: City) -> None:
    person = fill(city)
    actor = actor_of_person(person, TODAY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            kept_of(person)
        return len(asked)

    queries()
    few = queries()
    for n in range(20):
        records.note(person, "login", actor=actor, changes={"method": [None, str(n)]})
        notices.note([notices.News(f"n{n}", person.pk, Kind.FOLLOWED, words("x"))], timezone.now())
    assert queries() == few
