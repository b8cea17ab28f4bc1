"""One's data to download, the wish to be erased, the erasure; the public register; and citizens' own pages."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.feedback import receive_feedback
from senne.core.mailing.models import Mail
from senne.core.models import Feedback, Person
from senne.core.policy import VISITOR
from senne.core.talk.models import Request
from tests.city import City

REGISTER = "pages/privacy/"
YOURS = "/fr/privacy/yours/"


def test_my_data_in_one_file(city: City, client: Client) -> None:
    city.login("owner", client)
    assert "Télécharger mes données" in client.get("/fr/work/account/").content.decode()
    assert client.get("/fr/work/account/data/").status_code == 405
    response = client.post("/fr/work/account/data/")
    assert response["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        assert "owner@example.org" in book.read("data.json").decode()


def test_asking_to_be_erased_becomes_the_coordinations_duty(city: City, client: Client) -> None:
    city.login("owner", client)
    client.post("/fr/work/account/erasure/", {"sentence": "je pars"})
    request = Request.objects.get()
    assert "La coordination répond au plus tard le" in client.get("/fr/work/account/").content.decode()
    coordination = Client()
    city.login("coordination", coordination, second_factor=True)
    assert f"/fr/work/requests/{request.pk}/" in coordination.get("/fr/work/").content.decode()
    page = coordination.get(f"/fr/work/requests/{request.pk}/").content.decode()
    assert f"/fr/work/people/{city.people['owner'].pk}/erase/" in page
    client.post("/fr/work/account/erasure/", {"sentence": "encore"})
    assert Request.objects.count() == 1


def test_the_erasure_of_somebody_who_left(city: City, client: Client) -> None:
    person = city.people["owner"]
    city.login("coordination", client, second_factor=True)
    path = f"/fr/work/people/{person.pk}/erase/"
    body = client.get(path).content.decode()
    assert "notez d’abord le dernier jour" in body
    assert "Effacer pour de bon" not in body
    people.leave(person, timezone.localdate().replace(year=2025), actor=SYSTEM)
    assert path in client.get(f"/fr/work/people/{person.pk}/").content.decode()
    body = client.get(path).content.decode()
    assert "Effacer pour de bon" in body
    assert "Personnes nommées dans le plan" in body
    assert client.post(path, {"reason": ""}).status_code == 200
    body = client.post(path, {"reason": "à sa demande"}, follow=True).content.decode()
    assert "il ne reste ni nom ni adresse" in body
    assert Person.objects.get(pk=person.pk).name == "Ancien agent / oud-medewerker 1"
    assert "Effacer les données personnelles" not in body


@pytest.mark.parametrize(("name", "status"), [("head", 403), ("body_manager", 404), ("reader", 403)])
def test_others_do_not_erase(city: City, client: Client, name: str, status: int) -> None:
    city.login(name, client)
    assert client.post(f"/fr/work/people/{city.people['owner'].pk}/erase/", {"reason": "x"}).status_code == status


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "Messages à la ville"), ("nl", "Berichten aan de stad"), ("en", "Messages to the city")],
)
def test_the_register_is_public_in_three_languages(city: City, client: Client, language: str, told: str) -> None:
    response = client.get(f"/{language}/{REGISTER}")
    body = response.content.decode()
    assert response.status_code == 200
    assert told in body
    assert body.count("<h1") == 1
    assert len(re.findall(r"<h3>", body)) >= 9


# ---- Citizens -----------------------------------------------------------------------------------------------------


def a_message() -> Feedback:
    values = {"name": "Jeanne", "email": "jeanne@mail.example", "message": "le trou", "language": "fr"}
    return receive_feedback(values, actor=VISITOR)


def test_a_citizen_sees_takes_and_erases_what_is_kept(city: City, client: Client) -> None:
    message = a_message()
    body = client.post(YOURS, {"email": "Jeanne@mail.example"}).content.decode()
    assert "un courriel avec un lien est en route" in body
    path = re.search(r"http\S+?(/fr/privacy/yours/\S+/)", Mail.objects.get().text).group(1)  # type: ignore[union-attr]
    page = client.get(path)
    assert "le trou" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(client.post(f"{path}download/").content)) as book:
        assert "le trou" in book.read("data.json").decode()
    body = client.post(path, follow=True).content.decode()
    assert "C’est effacé." in body
    message.refresh_from_db()
    assert (message.name, message.email, message.message) == ("", "", "")


def test_the_answer_is_the_same_for_an_unknown_address(city: City, client: Client) -> None:
    a_message()
    known = client.post(YOURS, {"email": "jeanne@mail.example"}).content
    unknown = client.post(YOURS, {"email": "autre@mail.example"}).content
    assert known == unknown
    assert Mail.objects.count() == 1


def test_what_is_no_address_and_too_many_are_told(city: City, client: Client) -> None:
    assert "errorlist" in client.post(YOURS, {"email": "pas une adresse"}).content.decode()
    statuses = [client.post(YOURS, {"email": "x@y.example"}).status_code for _n in range(6)]
    assert statuses == [200, 200, 200, 200, 200, 429]


def test_a_wrong_link_says_what_to_do(city: City, client: Client) -> None:
    response = client.get(f"{YOURS}abc:def/")
    assert response.status_code == 404
    assert "Demander un nouveau lien" in response.content.decode()
    assert client.post(f"{YOURS}abc:def/download/").status_code == 404
