"""The panel of comments and requests: what its reader sees, and that nothing written is lost or told outside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.mailing import notices
from senne.core.mailing.models import Mail
from senne.core.talk.models import Comment, Request
from senne.plan.api import Action
from tests.city import City, add_contact

TALK = "/fr/work/actions/CLIMATE/roads-internal/talk/"


def say_path(city: City) -> str:
    return f"/fr/work/talk/action/{city.actions['roads_internal'].pk}/say/"


def ask_path(city: City) -> str:
    return f"/fr/work/talk/action/{city.actions['roads_internal'].pk}/ask/"


def body_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 200), ("contributor", 200), ("specialist", 200), ("reader", 403), ("body_manager", 404)],
)
def test_who_opens_the_discussion(city: City, client: Client, name: str, status: int) -> None:
    city.login(name, client)
    assert client.get(TALK).status_code == status


def test_a_comment_with_a_link_and_a_name(city: City, client: Client) -> None:
    records.update(city.people["head"], {"name": "Jan De Smet"}, actor=SYSTEM)
    city.login("owner", client)
    text = "Voir https://x.example/?a=1&b=<2>\n@jan de smet, ok ?\n\n<script>alert(1)</script>"
    response = client.post(say_path(city), {"text": text, "back": f"{TALK}#talk"}, follow=True)
    assert response.redirect_chain[0][0] == f"{TALK}#talk"
    body = response.content.decode()
    assert "Envoyé. Prévenus : Jan De Smet." in body
    assert '<a href="https://x.example/?a=1&amp;b=" rel="nofollow noopener noreferrer">' in body
    assert "<br><b>@jan de smet</b>, ok ?</p>" in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_people_are_told_without_typing_their_name(city: City, client: Client) -> None:
    add_contact(city.actions["roads_internal"], city.people["contributor"], "contributor")
    city.login("owner", client)
    body = body_of(client, TALK)
    assert "Prévenir ces personnes" in body
    data = {"text": "bonjour", "named": str(city.people["contributor"].pk), "also": str(city.people["head"].pk)}
    client.post(say_path(city), data)
    assert {person.name for person in Comment.objects.get().told.all()} == {"Contributor", "Head"}


def test_who_cannot_read_it_is_said_to_the_writer(city: City, client: Client) -> None:
    records.update(city.people["reader"], {"name": "Rita Lezer"}, actor=SYSTEM)
    city.login("owner", client)
    body = client.post(say_path(city), {"text": "@Rita Lezer et @Nulle Part"}, follow=True).content.decode()
    assert "Rita Lezer n’a pas accès à cette discussion" in body
    assert "“@Nulle Part”" in body
    assert Comment.objects.get().text == "@Rita Lezer et @Nulle Part"


def test_a_refused_comment_stays_in_its_field(city: City, client: Client) -> None:
    city.login("owner", client)
    long = "mot " * 2600
    response = client.post(say_path(city), {"text": long})
    assert response.status_code == 200
    body = response.content.decode()
    assert "Raccourcissez-le" in body
    assert "mot mot mot" in body
    assert not Comment.objects.exists()


def test_ones_own_is_changed_and_taken_back(city: City, client: Client) -> None:
    city.login("owner", client)
    client.post(say_path(city), {"text": "avant"})
    comment = Comment.objects.get()
    path = f"/fr/work/comments/{comment.pk}/"
    assert "avant" in body_of(client, path)
    client.post(path, {"text": "après", "version": comment.version, "reword": "1"})
    body = body_of(client, TALK)
    assert "modifié" in body
    assert "Formulation précédente" in body
    response = client.post(path, {"text": "encore", "version": comment.version, "reword": "1"})
    assert "dans une autre fenêtre" in response.content.decode()
    assert "encore" in response.content.decode()
    client.post(path, {"take_back": "1"})
    body = body_of(client, TALK)
    assert "Repris par son auteur." in body
    assert "avant" not in body


def test_a_colleagues_comment_is_the_coordinations_to_remove(city: City, client: Client) -> None:
    city.login("owner", client)
    client.post(say_path(city), {"text": "déplacé"})
    path = f"/fr/work/comments/{Comment.objects.get().pk}/"
    other = Client()
    city.login("head", other)
    assert other.get(path).status_code == 403
    coordination = Client()
    city.login("coordination", coordination, second_factor=True)
    response = coordination.post(path, {"remove": "1", "because": " "})
    assert "Dites pourquoi" in response.content.decode()
    coordination.post(path, {"remove": "1", "because": "Un citoyen y est nommé."})
    assert "Retiré : Un citoyen y est nommé." in body_of(other, TALK)


def test_settled_and_back(city: City, client: Client) -> None:
    city.login("owner", client)
    client.post(say_path(city), {"text": "à régler"})
    path = f"/fr/work/comments/{Comment.objects.get().pk}/act/"
    client.post(path, {"settle": "1", "back": TALK})
    assert "Pas réglé, tout compte fait" in body_of(client, TALK)
    client.post(path, {"unsettle": "1", "back": TALK})
    assert "Marquer comme réglé" in body_of(client, TALK)


def test_a_form_sent_from_elsewhere_comes_back_to_our_own_pages_only(city: City, client: Client) -> None:
    city.login("owner", client)
    response = client.post(say_path(city), {"text": "x", "back": "https://evil.example/"})
    assert response.headers["Location"] == f"{TALK}#talk"


# ---- Requests -----------------------------------------------------------------------------------------------------


def test_from_the_asking_to_the_report(city: City, client: Client) -> None:
    city.login("head", client)
    day = timezone.localdate() + timedelta(days=4)
    data = {
        "asked": city.people["owner"].pk,
        "what": "report",
        "due_on": day.isoformat(),
        "sentence": "pour le collège",
    }
    body = client.post(ask_path(city), data, follow=True).content.decode()
    assert "La demande est faite : Owner en sera averti." in body
    assert "Demandes en attente" in body
    request = Request.objects.get()
    asked = Client()
    city.login("owner", asked)
    home = body_of(asked, "/fr/work/")
    assert f"/fr/work/requests/{request.pk}/" in home
    assert "pour le collège" in home
    page = body_of(asked, f"/fr/work/requests/{request.pk}/")
    assert 'href="/fr/work/actions/CLIMATE/roads-internal/report/"' in page
    asked.post("/fr/work/actions/CLIMATE/roads-internal/report/", {"unchanged": "1"})
    action = Action.objects.get(code="roads-internal")
    version = {"version": action.version, "status": "under_way", "phase": "decided", "news_fr": "ça roule"}
    asked.post("/fr/work/actions/CLIMATE/roads-internal/report/", version)
    request.refresh_from_db()
    assert (request.state, request.settled_by) == ("done", city.people["owner"])
    assert "Fait" in body_of(client, "/fr/work/requests/")


def test_who_is_asked_and_who_asked_are_written_to(city: City, client: Client) -> None:
    """The whole way by mail: asked, with a link that opens; answered, with the answer; nothing to anybody else."""
    for name, language in (("owner", "nl"), ("head", "fr"), ("contributor", "fr")):
        values = {"email": f"{name}@example.org", "language": language}
        records.update(city.people[name], values, actor=SYSTEM)
    city.login("head", client)
    day = timezone.localdate().isoformat()
    data = {"asked": city.people["owner"].pk, "what": "answer", "due_on": day, "sentence": "Combien ?"}
    client.post(ask_path(city), data)
    notices.gather(timezone.now())
    asked = Mail.objects.get()
    assert (asked.to, asked.language) == ("owner@example.org", "nl")
    assert "Combien ?" in asked.text
    path = re.search(r"(/nl/work/requests/\d+/)", asked.text).group(1)  # type: ignore[union-attr]
    owner = Client()
    city.login("owner", owner)
    assert "Combien ?" in body_of(owner, path)
    owner.post(path, {"done": "1", "answer": "Trente-sept."})
    notices.gather((timezone.localtime() + timedelta(days=1)).replace(hour=8))
    answered = Mail.objects.exclude(pk=asked.pk).get()
    assert answered.to == "head@example.org"
    assert "Trente-sept." in answered.text


def test_a_request_is_declined_and_the_asker_sees_why(city: City, client: Client) -> None:
    city.login("head", client)
    day = timezone.localdate().isoformat()
    data = {"asked": city.people["owner"].pk, "what": "answer", "due_on": day, "sentence": "Combien ?"}
    client.post(ask_path(city), data)
    path = f"/fr/work/requests/{Request.objects.get().pk}/"
    asked = Client()
    city.login("owner", asked)
    response = asked.post(path, {"decline": "1", "answer": ""})
    assert "Dites pourquoi" in response.content.decode()
    asked.post(path, {"decline": "1", "answer": "Je n’ai pas les chiffres."})
    assert "Je n’ai pas les chiffres." in body_of(client, path)


def test_a_question_needs_its_words_and_a_person_their_right(city: City, client: Client) -> None:
    city.login("head", client)
    day = timezone.localdate().isoformat()
    data = {"asked": city.people["owner"].pk, "what": "answer", "due_on": day, "sentence": ""}
    assert "Écrivez la question." in client.post(ask_path(city), data).content.decode()
    data |= {"asked": city.people["reader"].pk, "sentence": "?"}
    response = client.post(ask_path(city), data)
    assert response.status_code == 200
    assert not Request.objects.exists()


def test_who_is_not_concerned_does_not_see_a_request(city: City, client: Client) -> None:
    city.login("head", client)
    day = timezone.localdate().isoformat()
    data = {"asked": city.people["owner"].pk, "what": "answer", "due_on": day, "sentence": "?"}
    client.post(ask_path(city), data)
    path = f"/fr/work/requests/{Request.objects.get().pk}/"
    for name, status in (("reader", 403), ("body_manager", 404), ("contributor", 200)):
        other = Client()
        city.login(name, other)
        assert other.get(path).status_code == status, name
        assert other.post(path, {"withdraw": "1"}).status_code in {200, 302, 403, 404}
    assert Request.objects.get().state == "open"


def test_the_panel_stands_on_an_objectives_page_and_on_one_of_its_own(city: City, client: Client) -> None:
    city.login("coordination", client, second_factor=True)
    for path in ("/fr/work/objectives/CLIMATE/O1/", f"/fr/work/talk/objective/{city.objective.pk}/"):
        assert 'id="talk"' in body_of(client, path)


# ---- Never outside ------------------------------------------------------------------------------------------------

PUBLIC = (
    "/fr/", "/fr/plans/CLIMATE/", "/fr/plans/CLIMATE/actions/roads-public/", "/fr/plans/CLIMATE/objectives/O1/",
    "/fr/actions/", "/fr/actions/?q=parolesecrete", "/fr/changes/", "/fr/changes/feed/", "/fr/data/",
    "/fr/data/CLIMATE.json", "/fr/data/CLIMATE.csv", "/api/v1/actions", "/api/v1/actions/CLIMATE/roads-public",
    "/api/v1/objectives", "/fr/plans/CLIMATE/versions/", "/sitemap.xml",
)  # fmt: skip


def test_what_colleagues_say_is_on_no_public_page_export_feed_or_api(city: City, client: Client) -> None:
    """tests/core/test_doors.py walks every address with the comments of its world; this one reads the likeliest."""
    city.login("owner", client)
    public = city.actions["roads_public"].pk
    client.post(f"/fr/work/talk/action/{public}/say/", {"text": "parolesecrete"})
    head = Client()
    city.login("head", head)
    data = {"asked": city.people["owner"].pk, "what": "answer", "due_on": timezone.localdate().isoformat()}
    head.post(f"/fr/work/talk/action/{public}/ask/", {**data, "sentence": "demandesecrete"})
    assert (Comment.objects.count(), Request.objects.count()) == (1, 1)
    for reader in (Client(), client):
        for path in PUBLIC:
            response = reader.get(path)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            text = content.decode(errors="replace").replace("?q=parolesecrete", "").replace('value="parolesecrete"', "")
            found = re.findall("demandesecrete|parolesecrete(?![^<]*»)", text)
            assert not found or path.endswith("?q=parolesecrete"), path


def test_an_empty_choice_has_words(city: City, client: Client) -> None:
    """Nobody reads '---------' in a list of people; what is chosen already is not called required."""
    city.login("owner", client)
    body = body_of(client, TALK)
    assert "---------" not in body
    assert "choisissez…" in body
