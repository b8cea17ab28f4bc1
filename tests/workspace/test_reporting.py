"""A report in two minutes: prefilled, with money and evidence; what is refused of it is said and the rest is kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from senne.core import files
from senne.core.actors import SYSTEM
from senne.plan.api import Action, ActionDocument, do
from tests.city import City, make_action

REPORT = "/fr/work/actions/CLIMATE/roads-public/report/"


@pytest.fixture
def owner(city: City, client: Client) -> Client:
    city.login("owner", client)
    return client


def data(action: Action, **more: object) -> dict[str, object]:
    action.refresh_from_db()
    return {"version": action.version, "status": "under_way", "news_fr": "Ça avance.", "phase": "decided", **more}


def photo(**tags: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = tags.get("maker", "Appareil")
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (50.0, 50.0, 46.0)
    written = BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_what_comes_next_and_what_blocks_are_kept_for_the_next_time(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    more = {"coming_fr": "L'appel d'offres.", "blockers_fr": "Le permis manque.", "unblocked_by": "La Région"}
    assert owner.post(REPORT, data(action, **more)).status_code == 302
    action.refresh_from_db()
    assert (action.coming, action.blockers, action.unblocked_by) == (
        {"fr": "L'appel d'offres."}, {"fr": "Le permis manque."}, "La Région",
    )  # fmt: skip
    assert "Le permis manque." in owner.get(REPORT).content.decode()


def test_money_spent_this_year_is_one_line_that_grows(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    owner.post(REPORT, data(action, spent="1 000,50"))
    owner.post(REPORT, data(action, spent="2500"))
    line = action.budget.get()
    assert (line.kind, line.unit, str(line.amount)) == ("actual", "EUR", "2500.00")


def test_several_lines_of_one_year_are_left_to_the_page_of_money(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    owner.post(REPORT, data(action, spent="10"))
    line = action.budget.get()
    values = {"kind": "actual", "unit": "EUR", "year": line.year, "amount": 5, "nature": "operating"}
    do.add_child(type(line), action, values, actor=SYSTEM)
    body = owner.post(REPORT, data(action, spent="99"), follow=True).content.decode()
    assert "plusieurs lignes" in body
    assert "Le reste de votre rapport est enregistré" in body


def test_a_photo_is_kept_without_where_it_was_taken(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    sent = data(action, file_1=upload("toit.jpg", photo(maker="Secrétariat")), label_1="Le toit fini")
    owner.post(REPORT, sent)
    document = ActionDocument.objects.get(action=action)
    kept = Image.open(BytesIO(files.read_file(document.file)))
    assert document.label == {"fr": "Le toit fini"}
    assert not document.public
    assert dict(kept.getexif()) == {}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.svg", b"<svg onload='alert(1)'><script>alert(1)</script></svg>", "svg"),
        ("rapport.pdf", b"MZ\x90\x00 a program", "n'est pas celui d'un fichier"),
        ("photo.jpg", b"\xff\xd8\xff not a picture at all", "n'est pas celui d'un fichier"),
        ("vide.pdf", b"", "vide"),
        ("outil.exe", b"MZ\x90", "exe"),
    ],
)
def test_evidence_of_the_wrong_kind_is_refused_and_the_report_is_saved(
    owner: Client, city: City, name: str, content: bytes, said: str
) -> None:
    action = city.actions["roads_public"]
    sent = data(action, file_1=upload(name, content), label_1="Ce que c'est", news_fr="Le rapport reste.")
    body = owner.post(REPORT, sent, follow=True).content.decode().replace("’", "'").replace("&#x27;", "'")
    action.refresh_from_db()
    assert action.news == {"fr": "Le rapport reste."}
    assert said in body
    assert not ActionDocument.objects.filter(action=action).exists()


def test_a_photo_without_words_is_refused_the_other_file_is_kept(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    sent = data(action, file_1=upload("toit.jpg", photo()), file_2=upload("note.txt", b"vu"), label_2="Une note")
    body = owner.post(REPORT, sent, follow=True).content.decode()
    assert "pour qui ne la voit pas" in body
    assert ActionDocument.objects.get(action=action).file.name == "note.txt"


def test_a_report_on_an_action_that_was_merged_meanwhile_keeps_the_text(owner: Client, city: City) -> None:
    action = city.actions["roads_public"]
    other = make_action(city, "goes_on", city.plan, "roads", "public")
    sent = data(action, news_fr="Un long texte.")
    do.merge_action(action, other, actor=SYSTEM, reason="double")
    body = owner.post(REPORT, sent).content.decode()
    assert "goes-on" in body
    assert "Un long texte." in body
