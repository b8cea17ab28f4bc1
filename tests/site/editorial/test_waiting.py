"""The queue: what I may decide, what waits for somebody else, what nobody was asked to read, what comes by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from wagtail.models import Page

from senne.site.editorial import reviewing, translating, waiting
from senne.site.editorial.bringing_in import Draft, Wording, bring_in
from senne.site.editorial.members import keep_members
from tests.city import TODAY, City
from tests.site.editorial.writing import second_coordinator, text, user_of, write

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def two(city: City) -> City:
    second_coordinator(city)
    for name in ("coordination", "second"):
        user_of(city, name)
    keep_members(TODAY)
    return city


def titles(found: list[waiting.Waiting]) -> list[str]:
    return [one.page.draft_title for one in found]


def test_what_i_submitted_waits_for_somebody_else(two: City) -> None:
    first, second = user_of(two, "coordination"), user_of(two, "second")
    page = write("À relire", text("<p>Du texte.</p>"), live=False)
    page.save_revision(user=first)
    assert "À relire" in titles(waiting.queue(first).drafts)
    reviewing.submit(page, first)
    mine, theirs = waiting.queue(first), waiting.queue(second)
    assert (titles(mine.to_review), titles(mine.submitted)) == ([], ["À relire"])
    assert (titles(theirs.to_review), titles(theirs.submitted)) == (["À relire"], [])
    assert "À relire" not in titles(mine.drafts)
    reviewing.decide(Page.objects.get(pk=page.pk).specific, second, "reject", "Trop long")
    assert titles(waiting.queue(first).sent_back) == ["À relire"]


def test_the_queue_and_the_first_page_open_for_the_coordination_alone(two: City, client: Client) -> None:
    page = write("Un brouillon", live=False)
    two.login("coordination", client, second_factor=True)
    body = client.get("/fr/editorial/review/").content.decode()
    assert "Un brouillon" in body
    assert f"/pages/{page.pk}/edit/" in body
    assert "Ce qui attend" in client.get("/fr/editorial/").content.decode()
    other = Client()
    two.login("head", other)
    assert other.get("/fr/editorial/review/").status_code == 403


def test_pages_brought_in_are_up_to_date_in_every_language(city: City, client: Client) -> None:
    wordings = {
        code: Wording(
            f"Titre {code}", f"En bref {code}", [("text", f"<p>{code}</p>"), ("action", {"of": "CLIMATE:roads-public"})]
        )
        for code in ("fr", "nl", "en")
    }
    made = bring_in(Draft("news", wordings, AT))
    row = next(row for row in translating.rows() if row.source.pk == made[0].pk)
    assert [state.state for state in row.states] == ["source", "current", "current"]
    for code in wordings:
        body = client.get(f"/{code}/news/titre-{code}/").content.decode()
        assert "roads-public" in body
        assert f"Titre {code}" in client.get(f"/{code}/").content.decode(), "on the home page too"
    assert made[0].day == AT.date()
    assert client.get("/nl/news/titre-fr/").status_code == 404


def test_a_draft_brought_in_is_seen_by_nobody(city: City, client: Client) -> None:
    made = bring_in(Draft("news", {"fr": Wording("Pas encore", "", [("text", "<p>x</p>")])}, AT, live=False))
    assert client.get(made[0].url_path).status_code == 404
    assert "Pas encore" not in client.get("/fr/").content.decode()


def test_sections_that_come_with_the_program_are_not_behind(city: City) -> None:
    assert not [row.source.title for row in translating.rows() if any(s.state == "outdated" for s in row.states)]


def test_a_section_leads_to_the_others(city: City, client: Client) -> None:
    body = client.get("/nl/news/").content.decode()
    for place in ("stories", "guides", "publications", "themes"):
        assert f'href="/nl/{place}/"' in body
