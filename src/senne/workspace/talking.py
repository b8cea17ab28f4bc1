"""What a page shows of the talk about a record: comments, requests, and the forms that the reader may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from senne.core import policy
from senne.core.policy import Actor
from senne.core.talk import asking, reach, saying, subjects
from senne.core.talk.models import Comment, Request
from senne.core.talk.reach import Colleague
from senne.workspace.forms.talk import AskForm, CommentForm


@dataclass(frozen=True)
class Asked:
    """A request as the reader sees it: whether it is theirs to act on or to withdraw, where the thing is done."""

    request: Request
    is_mine: bool
    may_withdraw: bool
    way: str
    record: Any = None
    label: str = ""
    path: str = ""

    @property
    def is_open(self) -> bool:
        return self.request.state == Request.State.OPEN


@dataclass(frozen=True)
class Talk:
    """The talk about one record."""

    kind: subjects.Kind
    record: Any
    comments: list[Comment]
    open_requests: list[Asked]
    settled_requests: list[Asked]
    may: set[str]
    comment_form: CommentForm | None
    ask_form: AskForm | None
    me: int | None

    @property
    def count(self) -> int:
        return len(self.comments) + len(self.open_requests)


def talk_about(record: Any, actor: Actor, today: date, forms: dict[str, Any] | None = None) -> Talk:
    """Everything that the panel shows; `forms` holds those that came back with faults. Raises Refused."""
    subject, forms = record.subject(), forms or {}
    kind = subjects.kind_of(record)
    comments = saying.comments_on(record, actor=actor)
    stood_for = {actor.person_id, *reach.stands_in_for(actor.person_id, today)} - {None}
    asked = [
        as_asked(request, record, actor, stood_for, today) for request in asking.requests_about(record, actor=actor)
    ]
    may = policy.allowed(actor, subject, ("comment", "moderate", "ask"))
    around = reach.around(subject, today)
    return Talk(
        kind,
        record,
        comments,
        [item for item in asked if item.is_open],
        [item for item in asked if not item.is_open],
        may,
        forms.get("comment") or comment_form(record, actor, around),
        forms.get("ask") or ask_form(record, actor, around, today),
        actor.person_id,
    )


def as_asked(request: Request, record: Any, actor: Actor, stood_for: set[Any], today: date) -> Asked:
    """The request with what the reader may do about it."""
    is_open = request.state == Request.State.OPEN
    if request.asked_id is None:
        mine = asking.is_asked(request, actor.person_id, today)
    else:
        mine = is_open and request.asked_id in stood_for
    kind = subjects.kind_of(record)
    way = kind.ways.get(request.what)
    return Asked(
        request,
        mine,
        is_open and request.asked_by_id == actor.person_id,
        way(record) if way and is_open else "",
        record,
        str(kind.label(record)),
        kind.path(record),
    )


def comment_form(record: Any, actor: Actor, around: list[Colleague], data: Any = None) -> CommentForm | None:
    """The form for one more comment, or None for those who may not say anything."""
    subject = record.subject()
    if actor.person_id is None or not policy.can_comment(actor, subject):
        return None
    named = {person for person, _role in subject.contacts}
    readers = [c for c in reach.readers(subject, around) if c.person.pk != actor.person_id]
    return CommentForm(
        data,
        named=[c for c in readers if c.person.pk in named],
        others=[c for c in readers if c.person.pk not in named],
        auto_id="say_%s",
    )


def ask_form(record: Any, actor: Actor, around: list[Colleague], today: date, data: Any = None) -> AskForm | None:
    """The form for asking somebody something, or None where there is nobody whom the reader may ask."""
    kind, subject = subjects.kind_of(record), record.subject()
    if actor.person_id is None or not policy.can_ask(actor, subject):
        return None
    people: dict[int, Colleague] = {}
    for what in kind.asks:
        people |= {c.person.pk: c for c in reach.askable(actor, subject, what, around)}
    if not people:
        return None
    return AskForm(data, asks=kind.asks, people=list(people.values()), today=today, auto_id="ask_%s")


def listed(requests: list[Request], actor: Actor, today: date) -> list[Asked]:
    """Requests of many records, for a list; what is gone or may not be seen any more is left out."""
    found = subjects.load(request.about for request in requests)
    stood_for = {actor.person_id, *reach.stands_in_for(actor.person_id, today)} - {None}
    return [
        as_asked(request, found[request.about], actor, stood_for, today)
        for request in requests
        if request.about in found
    ]


def talk_count(record: Any) -> int:
    """How many comments and open requests there are: two queries."""
    about = {"subject_kind": subjects.kind_of(record).kind, "subject_id": record.pk}
    said = Comment.objects.filter(**about, state=Comment.State.SAID).count()
    return said + Request.objects.filter(**about, state=Request.State.OPEN).count()
