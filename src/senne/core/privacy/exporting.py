"""Everything that is kept about somebody, as JSON and as a page that they can read, in one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from senne.core import records
from senne.core.models import Person
from senne.core.policy import Actor, Refused, Subject
from senne.core.privacy.register import Holding, Treatment, holdings, treatments
from senne.core.text import Text, as_text

SCHEMA = "senne-personal-data/1"


@dataclass
class Table:
    """What one table keeps: its name, the columns in words, and the rows both as JSON and in words."""

    model: str
    columns: list[str]
    json: list[dict[str, Any]]
    rows: list[list[str]]

    @property
    def pairs(self) -> list[list[tuple[str, str]]]:
        """Row by row, each value with what it is: for narrow pages."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass
class Chapter:
    """A line of the register with its tables that hold something."""

    treatment: Treatment
    tables: list[Table] = field(default_factory=list)


def kept_of(person: Person) -> list[Chapter]:
    """Everything that is kept about a person, chapter by chapter; messages sent under their address too."""
    addresses = {person.email, person.user.email if person.user else ""} - {""}

    def rows(held: Holding) -> Iterable[Any]:
        found = {row.pk: row for row in held.rows_of(person)} if held.of else {}
        for address in addresses if held.address else ():
            found |= {row.pk: row for row in held.rows_at(address)}
        return found.values()

    return _chapters(rows)


def kept_at(address: str) -> list[Chapter]:
    """What is kept under an address that somebody gave on the public site: messages, followings."""
    return _chapters(lambda held: held.rows_at(address) if held.address else ())


def _chapters(rows_of: Any) -> list[Chapter]:
    found = []
    installed = {held.model for held in holdings()}
    for treatment in treatments():
        chapter = Chapter(treatment)
        for held in treatment.holdings:
            rows = list(rows_of(held)) if held.model in installed and held.fields else []
            if rows:
                chapter.tables.append(_table(held, rows))
        if chapter.tables:
            found.append(chapter)
    return found


def _table(held: Holding, rows: list[Any]) -> Table:
    model = held.model_class()
    return Table(
        held.model,
        [str(words) for words in held.fields.values()],
        [{name: _as_json(row, name) for name in held.fields} for row in rows],
        [[_in_words(model, row, name) for name in held.fields] for row in rows],
    )


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return list(value.all()) if hasattr(value, "all") else value


def _as_json(row: Any, name: str) -> Any:
    value = _value(row, name)
    if isinstance(value, models.Model):
        return str(value)
    return [str(item) for item in value] if _are_records(value) else records.as_json(value)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, models.Model) for item in value)


def _in_words(model: type[models.Model], row: Any, name: str) -> str:
    value = _value(row, name)
    column = model._meta.get_field(name)
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if isinstance(value, Text):
        return as_text(value).shown()[0]
    if getattr(column, "choices", None):
        return str(dict(column.flatchoices).get(value, value))  # type: ignore[union-attr]
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return "\n".join(str(item.get("text", item)) if isinstance(item, dict) else str(item) for item in value)
    return str(value)


# ---- In one file --------------------------------------------------------------------------------------------------


def packed(chapters: list[Chapter], whose: str, language: str, now: datetime) -> bytes:
    """A zip with `data.json` and a page to read, in the language of whose data it is."""
    with override(language):
        context = {"chapters": chapters, "whose": whose, "now": now, "language": language}
        page = render_to_string("privacy/export.html", context)
        name = pgettext("file name", "my-data")
    data = {
        "schema": SCHEMA,
        "whose": whose,
        "made_at": now.isoformat(),
        "kept": {chapter.treatment.key: {table.model: table.json for table in chapter.tables} for chapter in chapters},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        book.writestr(f"{name}.html", page)
    return buffer.getvalue()


def export_own(actor: Actor, now: datetime) -> bytes:
    """Everything kept about whoever asks, in their language. Raises Refused for an account without a person."""
    person = Person.objects.select_related("user", "organisation").filter(pk=actor.person_id or 0).first()
    if person is None:
        raise Refused("export", Subject("person"))
    with override(person.language):
        chapters = kept_of(person)
    records.note(person, "export", actor=actor)
    return packed(chapters, person.name, person.language, now)


def file_name(language: str) -> str:
    """What the downloaded file is called."""
    with override(language):
        return _("my-data.zip")
