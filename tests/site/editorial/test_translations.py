"""Three languages side by side: what is missing, what is behind, and writing it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senne.core.models import User
from senne.site.editorial import reviewing, translating
from senne.site.editorial.models import News
from senne.site.editorial.segments import texts_of
from tests.city import City
from tests.site.editorial.writing import block, second_coordinator, text, user_of, write


@pytest.fixture
def translator(city: City) -> User:
    second_coordinator(city)
    return user_of(city, "second")


@pytest.fixture
def source(city: City) -> Any:
    return write(
        "Douze arbres", block("heading", {"level": "2", "text": "Où ?"}), text("<p>Rue <b>Haute</b>.</p>"),
        block("action", {"of": "CLIMATE:roads-public"}),
    )  # fmt: skip


def places(source: Any) -> dict[str, str]:
    """What each text of the source is called, by what it says."""
    return {said: place for place, said in texts_of(translating.segments_of_page(source)).items()}


def dutch(source: Any) -> dict[str, str]:
    at = places(source)
    return {
        "title": "Twaalf bomen",
        "lead": "Twaalf bomen, in het kort.",
        at["Où ?"]: "Waar?",
        at["<p>Rue <b>Haute</b>.</p>"]: "<p><b>Hoogstraat</b>.</p>",
    }


def state(source: Any, language: str) -> str:
    row = next(row for row in translating.rows() if row.source.pk == source.pk)
    return next(s.state for s in row.states if s.language == language)


def test_a_translation_begins_as_a_draft_with_the_sources_structure(
    source: Any, translator: User, client: Client
) -> None:
    assert state(source, "nl") == "missing"
    page = translating.save_translation(source, "nl", dutch(source), user=translator)
    assert (page.url_path, page.live) == ("/nl/news/twaalf-bomen/", False)
    assert page.get_parent().url_path == "/nl/news/"
    assert client.get("/nl/news/twaalf-bomen/").status_code == 404
    assert state(source, "nl") == "draft"
    draft = page.get_latest_revision_as_object()
    assert [child.block_type for child in draft.body] == ["heading", "text", "action"]
    draft.save_revision().publish()
    body = client.get("/nl/news/twaalf-bomen/").content.decode()
    assert "Waar?" in body
    assert "roads public (nl)" in body
    assert state(source, "nl") == "current"


def test_a_source_that_changes_leaves_its_translations_behind_and_shows_what_changed(
    source: Any, translator: User
) -> None:
    translating.save_translation(source, "nl", dutch(source), user=translator).get_latest_revision().publish()
    source.title = "Quinze arbres"
    source.save_revision().publish()
    assert state(source, "nl") == "outdated"
    both = translating.beside(source, "nl")
    changed = [(side.source.text, side.before, side.text) for side in both.sides if side.before is not None]
    assert changed == [("Quinze arbres", "Douze arbres", "Twaalf bomen")]
    texts = {**dutch(source), "title": "Vijftien bomen"}
    translating.save_translation(source, "nl", texts, user=translator).get_latest_revision().publish()
    assert state(source, "nl") == "current"
    assert translating.beside(source, "nl").changed == 0


def test_a_change_that_is_no_text_leaves_no_translation_behind(source: Any, translator: User) -> None:
    translating.save_translation(source, "nl", dutch(source), user=translator)
    source.body = source.body.stream_block.to_python(
        [child for child in translating.raw_body(source) if child["type"] != "action"]
    )
    source.save_revision().publish()
    assert state(source, "nl") == "draft"


def test_two_who_translate_at_once_do_not_write_over_each_other(source: Any, translator: User) -> None:
    page = translating.save_translation(source, "nl", dutch(source), user=translator)
    shown = page.get_latest_revision().pk
    translating.save_translation(source, "nl", dutch(source), user=translator, latest=shown)
    with pytest.raises(ValidationError):
        translating.save_translation(source, "nl", dutch(source), user=translator, latest=shown)


def test_what_is_under_review_is_not_translated_meanwhile(city: City, source: Any, translator: User) -> None:
    page = translating.save_translation(source, "nl", dutch(source), user=translator)
    reviewing.submit(page, translator)
    with pytest.raises(ValidationError):
        translating.save_translation(source, "nl", dutch(source), user=user_of(city, "coordination"))


def test_a_translation_keeps_the_rules_of_the_blocks(source: Any, translator: User) -> None:
    texts = dutch(source)
    texts[places(source)["<p>Rue <b>Haute</b>.</p>"]] = '<p><a href="https://example.org">hier</a></p>'
    with pytest.raises(ValidationError):
        translating.save_translation(source, "nl", texts, user=translator)
    assert News.objects.filter(locale__language_code="nl").count() == 0


def test_shares_count_what_is_up_to_date(source: Any, translator: User) -> None:
    before = {share.language: share for share in translating.shares(translating.rows())}
    assert (before["fr"].current, before["fr"].total) == (6, 6)
    assert before["nl"].missing == before["en"].missing == 1
    translating.save_translation(source, "nl", dutch(source), user=translator).get_latest_revision().publish()
    after = {share.language: share for share in translating.shares(translating.rows())}
    assert after["nl"].missing == 0
    assert after["nl"].current == before["nl"].current + 1


def test_the_list_asks_a_constant_number_of_questions(source: Any) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            translating.rows()
        return len(queries)

    few = questions()
    for number in range(5):
        write(f"Encore {number}")
    assert questions() == few


def test_the_page_shows_source_and_translation_and_keeps_what_is_written(city: City, source: Any) -> None:
    client = Client()
    city.login("coordination", client, second_factor=True)
    listed = client.get("/fr/editorial/translations/?language=nl").content.decode()
    assert "Douze arbres" in listed
    address = f"/fr/editorial/translations/{source.pk}/nl/"
    body = client.get(address).content.decode()
    assert "Rue Haute." in body
    texts = list(dutch(source).values())
    texts[3] = '{"blocks": [{"key": "1", "text": "Hoogstraat", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],'
    texts[3] += ' "entityRanges": [], "data": {}}], "entityMap": {}}'
    sent = {"latest": "0", **{f"text-{number}": said for number, said in enumerate(texts)}}
    assert client.post(address, sent).status_code == 302
    page = News.objects.get(locale__language_code="nl")
    assert (page.title, page.live) == ("Twaalf bomen", False)
    again = client.get(f"/fr/editorial/translations/{page.pk}/nl/").content.decode()
    assert "Twaalf bomen" in again
    assert client.get(f"/fr/editorial/translations/{source.pk}/fr/").status_code == 302
