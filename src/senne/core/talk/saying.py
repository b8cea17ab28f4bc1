"""Comments: said, reworded, taken back, removed with a reason, settled. Who is named in one is told, if they may read it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.mailing.notices import News, note, unsay
from senne.core.mailing.rules import Kind as NoticeKind
from senne.core.models import Person
from senne.core.policy import Actor, can_view, require
from senne.core.talk import reach, rules, subjects
from senne.core.talk.models import Comment
from senne.core.text import in_languages, the_same

LONGEST = 10_000
IN_MAILS = 600


@dataclass
class Said:
    """A comment, and what came of the names in it: who was told, who may not read it, what is nobody's name."""

    comment: Comment
    told: list[Person] = field(default_factory=list)
    may_not_read: list[Person] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)


@transaction.atomic
def say(record: Any, text: str, *, actor: Actor, today: date, tell: Iterable[int] = ()) -> Said:
    """Say something about the record; `tell` holds the people chosen beside those whom the text names.

    Raises Refused; ValidationError where there is nothing to say, too much, or nobody who says it.
    """
    require("comment", actor, record.subject())
    author = _author(actor)
    text = _checked(text)
    found = _named(record, text, tell, actor, today)
    kind = subjects.kind_of(record).kind
    values = {"subject_kind": kind, "subject_id": record.pk, "author": author, "text": text, "told": found["told"]}
    comment = records.create(Comment, values, actor=actor, root=record)
    _notify(record, comment, found["told"])
    return Said(comment, **found)


def _author(actor: Actor) -> Person:
    author = Person.objects.filter(pk=actor.person_id or 0).first()
    if author is None:
        raise ValidationError(_("Your account is not linked to anybody in the city: nobody would know who speaks."))
    return author


def _checked(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip().split("\n")
    text = "\n".join(line.rstrip() for line in lines)
    if not text:
        raise ValidationError({"text": _("Write something first.")})
    if len(text) > LONGEST:
        params = {"limit": LONGEST, "length": len(text)}
        raise ValidationError(
            {"text": _("At most %(limit)s characters fit here, and this has %(length)s. Shorten it.") % params}
        )
    return text


def _named(record: Any, text: str, tell: Iterable[int], actor: Actor, today: date) -> dict[str, Any]:
    """Who is named by the text or chosen beside it, sorted by whether they may read it."""
    subject = record.subject()
    around = reach.around(subject, today)
    others = {p.pk: p for p in reach.in_post(today)} if "@" in text else {}
    readers = {c.person.pk for c in reach.readers(subject, around)}
    known = {c.person.pk: c.person for c in reach.known_to(actor, subject, around)}
    known |= {pk: person for pk, person in others.items() if can_view(actor, person.subject())}
    names = {pk: person.name for pk, person in known.items()}
    chosen = [pk for pk in tell if pk in known]
    mentioned = [pk for mention in rules.mentions(text, names) for pk in _who_reads(mention.people, readers)]
    people = [known[pk] for pk in dict.fromkeys([*mentioned, *chosen]) if pk != actor.person_id]
    return {
        "told": [person for person in people if person.pk in readers],
        "may_not_read": [person for person in people if person.pk not in readers],
        "nobody": rules.nobody(text, names),
    }


def _who_reads(people: tuple[int, ...], readers: set[int]) -> list[int]:
    """Of people who share a name: those who may read it, or all where nobody may."""
    return [pk for pk in people if pk in readers] or list(people)


def _notify(record: Any, comment: Comment, people: Iterable[Person]) -> None:
    kind = subjects.kind_of(record)
    said = f"{comment.author.name}: {comment.text}"
    detail = said if len(said) <= IN_MAILS else f"{said[: IN_MAILS - 1]}…"
    news = [
        News(
            f"comment:{comment.pk}:{person.pk}",
            person.pk,
            NoticeKind.MENTIONED,
            kind.label(record),
            f"{kind.path(record)}#comment-{comment.pk}",
            the_same(detail),
        )
        for person in people
    ]
    note(news, records.now())


@transaction.atomic
def reword(comment: Comment, text: str, *, actor: Actor, today: date, expected_version: int | None = None) -> Said:
    """Change one's own words; the earlier ones stay readable below them, and who is newly named is told."""
    record = _own(comment, actor)
    text = _checked(text)
    if text == comment.text:
        return Said(comment)
    found = _named(record, text, [], actor, today)
    before = list(comment.told.all())
    values = {
        "text": text,
        "earlier": [*comment.earlier, {"text": comment.text, "until": records.now().isoformat()}],
        "edited_at": records.now(),
        "told": [*before, *(person for person in found["told"] if person not in before)],
    }
    records.update(comment, values, actor=actor, expected_version=expected_version, verb="reword", root=record)
    found["told"] = [person for person in found["told"] if person not in before]
    _notify(record, comment, found["told"])
    return Said(comment, **found)


def _own(comment: Comment, actor: Actor) -> Any:
    """The record of a comment of one's own that still says something."""
    record = the_record(comment)
    require("comment", actor, record.subject())
    if comment.author_id != actor.person_id:
        raise ValidationError(_("Only who wrote a comment changes it."))
    _must_say(comment)
    return record


def _must_say(comment: Comment) -> None:
    if comment.state != Comment.State.SAID:
        raise ValidationError(_("This comment is gone already."))


def the_record(comment: Any) -> Any:
    """What a comment or request is about. Raises ValidationError where it is gone."""
    record = subjects.load([comment.about]).get(comment.about)
    if record is None:
        raise ValidationError(_("What this is about is no longer there."))
    return record


@transaction.atomic
def take_back(comment: Comment, *, actor: Actor) -> None:
    """Take one's own comment back: its words are gone, that there was one stays."""
    record = _own(comment, actor)
    _blank(comment, {"state": Comment.State.TAKEN_BACK}, actor, "take_back", "", record)


@transaction.atomic
def remove(comment: Comment, because: str, *, actor: Actor) -> None:
    """Take a colleague's comment away, with a reason that everybody reads: its words are gone."""
    record = the_record(comment)
    require("moderate", actor, record.subject())
    _must_say(comment)
    because = " ".join(because.split())
    if not because:
        raise ValidationError({"because": _("Say why.")})
    values = {"state": Comment.State.REMOVED, "removed_because": because}
    _blank(comment, values, actor, "remove", because, record)
    if comment.author_id != actor.person_id:
        _tell_author(record, comment, f"{actor.name}: {because}")


def _tell_author(record: Any, comment: Comment, why: str) -> None:
    kind = subjects.kind_of(record)
    title = in_languages(lambda: _("Your comment was removed: %(record)s"), record=kind.label(record))
    path = f"{kind.path(record)}#comment-{comment.pk}"
    key = f"removed comment:{comment.pk}"
    note([News(key, comment.author_id, NoticeKind.ANSWERED, title, path, the_same(why))], records.now())


def _blank(comment: Comment, values: dict[str, Any], actor: Actor, verb: str, reason: str, record: Any) -> None:
    values |= {"text": "", "earlier": [], "settled_at": None, "settled_by": None}
    records.update(comment, values, actor=actor, verb=verb, reason=reason, root=record)
    # What is gone from the page goes from mails that have not left as well.
    unsay(f"comment:{comment.pk}:")


def settle(comment: Comment, settled: bool, *, actor: Actor) -> None:
    """Say that nothing is left to do about a comment, or that there is after all."""
    record = the_record(comment)
    require("comment", actor, record.subject())
    _must_say(comment)
    if settled == (comment.settled_at is not None):
        return
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    values = {"settled_at": records.now() if settled else None, "settled_by": person if settled else None}
    records.update(comment, values, actor=actor, verb="settle" if settled else "unsettle", root=record)


def comments_on(record: Any, *, actor: Actor) -> list[Comment]:
    """What was said about the record, oldest first: two queries. Raises Refused."""
    require("see_comments", actor, record.subject())
    found = Comment.objects.filter(subject_kind=records.kind_of(record), subject_id=record.pk)
    return list(found.select_related("author__organisation", "settled_by").prefetch_related("told"))
