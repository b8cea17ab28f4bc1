"""Editorial pages for tests: a city with two coordinators, and pages made as the editor makes them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images.models import Image
from wagtail.models import Page

from senne.core import people
from senne.core.actors import SYSTEM
from senne.core.models import User
from senne.core.policy import Role
from senne.site.editorial import tree
from senne.site.editorial.models import News
from tests.city import City


def second_coordinator(city: City, language: str = "nl") -> None:
    """Somebody else who coordinates: two people are needed to publish."""
    values = {"name": "Second", "organisation": city.units["city"], "language": language}
    city.people["second"] = people.add_person(values, actor=SYSTEM)
    unit = city.units["city"]
    people.give_role(city.people["second"], Role.COORDINATION, unit, actor=SYSTEM, since=date(2024, 1, 1))


def user_of(city: City, name: str) -> User:
    """The person's account, made where there is none."""
    person = city.people[name]
    if person.user is None:
        user = User.objects.create_user(f"{name}@example.org", "a long enough password")
        people.change_person(person, {"user": user}, actor=SYSTEM)
    return User.objects.get(person=person)


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def text(html: str) -> dict[str, Any]:
    return block("text", html)


def write(
    title: str, *body: dict[str, Any], language: str = "fr", section: str = "news", live: bool = True, **more: Any
) -> Any:
    """A page in a section, published or as a draft."""
    parent = Page.objects.get(url_path=f"/{language}/{section}/").specific
    model: Any = parent.child_model()
    values = {"title": title, "lead": f"{title}, en bref.", "locale": parent.locale, "live": live, **more}
    page = model(**values)
    if hasattr(page, "body"):
        page.body = page.body.stream_block.to_python(list(body))
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return Page.objects.get(pk=page.pk).specific


def picture(width: int = 1000, height: int = 600, name: str = "picture", exif: bytes = b"") -> Image:
    """A picture of one colour, kept as an upload would be."""
    content = io.BytesIO()
    Drawing.new("RGB", (width, height), (10, 98, 69)).save(content, "JPEG", exif=exif)
    content.seek(0)
    return Image.objects.create(title=name, file=ImageFile(content, name=f"{name}.jpg"))


__all__ = ["News", "block", "picture", "second_coordinator", "text", "tree", "user_of", "write"]
