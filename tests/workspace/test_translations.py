"""What is not translated yet: every kind of text, one query per kind, one after the other."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.text import Text
from senne.plan.api import ActionLink, Characteristic, Step, Tag, do
from senne.workspace.translating import KINDS, lacking, shares_for
from tests.city import City
from tests.workspace.conftest import Browse

ALL = "/fr/work/translations/"


def french(city: City) -> dict[str, int]:
    """One French-only text of every small kind, by kind."""
    action = city.actions["roads_public"]
    step = do.add_child(Step, action, {"title": Text(fr="Une étape")}, actor=SYSTEM)
    link = do.add_child(ActionLink, action, {"url": "https://example.org", "label": Text(fr="Un lien")}, actor=SYSTEM)
    tag = do.new_tag(action, Text(fr="Un mot"), actor=SYSTEM)
    people.change_person(city.people["head"], {"title": Text(fr="Directrice")}, actor=SYSTEM)
    legend = Characteristic.objects.create(code="citizen", name=Text(fr="Citoyenne"))
    document = do.add_document(action, b"%PDF-1.7", "e.pdf", label=Text(fr="Étude"), public=False, actor=SYSTEM)
    return {
        "step": step.pk, "link": link.pk, "tag": tag.pk, "person": city.people["head"].pk,
        "characteristic": legend.pk, "document": document.pk,
    }  # fmt: skip


def test_every_kind_of_text_is_found(city: City) -> None:
    made = french(city)
    found = {(item.kind, item.pk) for item in lacking(city.actor("coordination"), language="nl")}
    assert set(made.items()) <= found


def test_a_body_manager_translates_their_own(city: City) -> None:
    french(city)
    do.change_action(city.actions["welfare_public"], {"title": Text(fr="Cuisines")}, actor=SYSTEM)
    found = lacking(city.actor("body_manager"))
    assert {(item.kind, item.pk) for item in found} == {("action", city.actions["welfare_public"].pk)}


def test_by_kind_and_language(city: City, browse: Browse) -> None:
    french(city)
    body = browse("coordination").get(f"{ALL}?kind=step&to=en").content.decode()
    assert "Une étape" in body
    assert "Un lien" not in body
    assert body.count("<tr>") == 2


def test_writing_one_goes_on_to_the_next(city: City, browse: Browse) -> None:
    made = french(city)
    client = browse("coordination")
    first = client.post(f"{ALL}step/{made['step']}/title/nl/?kind=&to=nl", {"text": "Een stap"})
    assert first.status_code == 302
    assert "/nl/?" in first["Location"]
    assert f"step/{made['step']}/" not in first["Location"]
    assert Step.objects.get(pk=made["step"]).title["nl"] == "Een stap"
    last = client.post(f"{ALL}tag/{made['tag']}/name/en/?kind=tag&to=en", {"text": "A word"})
    assert last["Location"] == f"{ALL}?kind=tag&to=en"
    assert Tag.objects.get(pk=made["tag"]).name["en"] == "A word"


def test_a_sign_that_no_store_holds_is_left_out(city: City, browse: Browse) -> None:
    made = french(city)
    browse("coordination").post(f"{ALL}step/{made['step']}/title/nl/", {"text": "Een\x00 stap"})
    assert Step.objects.get(pk=made["step"]).title["nl"] == "Een stap"


def test_nothing_written_is_said(city: City, browse: Browse) -> None:
    made = french(city)
    body = browse("coordination").post(f"{ALL}step/{made['step']}/title/nl/", {"text": "  "}).content.decode()
    assert "Écrivez le texte" in body


@pytest.mark.parametrize(
    "path", ["step/{step}/order/nl/", "step/{step}/title/de/", "user/1/email/nl/", "step/0/title/nl/"]
)
def test_what_is_no_text_is_not_found(city: City, browse: Browse, path: str) -> None:
    made = french(city)
    assert browse("coordination").get(ALL + path.format(**made)).status_code == 404


def test_one_question_per_kind_whatever_the_size(city: City) -> None:
    actor = city.actor("coordination")
    french(city)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            lacking(actor)
        return len(asked)

    before = count()
    assert before <= len(KINDS) + 4
    for number in range(20):
        do.add_child(Step, city.actions["roads_public"], {"title": Text(fr=f"Étape {number}")}, actor=SYSTEM)
    assert count() == before


def test_the_share_follows_each_change(city: City) -> None:
    made = french(city)
    actor = city.actor("coordination")
    before = shares_for(actor)["nl"]
    do.translate(Step.objects.get(pk=made["step"]), "title", "nl", "Een stap", actor=SYSTEM)
    assert shares_for(actor)["nl"] == (before[0] + 1, before[1])
