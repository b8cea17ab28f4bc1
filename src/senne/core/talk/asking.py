"""Requests: one person asks another to report, validate or answer by a day. It is a duty until it is done or declined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.duties import sources
from senne.core.duties.keeping import fulfil, refresh, void
from senne.core.duties.sources import Owed
from senne.core.mailing.notices import News, note
from senne.core.mailing.rules import Kind as NoticeKind
from senne.core.models import AuditEntry, Organisation, Person
from senne.core.paths import path_without_language
from senne.core.policy import Actor, Refused, require
from senne.core.talk import reach, subjects
from senne.core.talk.models import Request
from senne.core.talk.saying import the_record
from senne.core.text import Text, in_languages, the_same

SOURCE = "request"
AHEAD_AT_MOST = timedelta(days=366)
LONGEST_ANSWER = 5_000
# What, done after the asking to the record (or to what hangs on it), is what was asked for.
DOES = {"report": {"report"}, "validate": {"validate", "send_back"}, "erase": {"erase"}}


# ---- Asking -------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(record: Any, what: str, asked: Person, *, due_on: date, sentence: str, actor: Actor, today: date) -> Request:
    """Ask a colleague to do something about the record by a day; they are told at once.

    Raises Refused where the policy lets the actor ask nobody here; ValidationError where not this person or this day.
    """
    require("ask", actor, record.subject())
    kind = subjects.kind_of(record)
    if what not in kind.asks:
        raise ValidationError({"what": _("This cannot be asked here.")})
    may = reach.askable(actor, record.subject(), what, reach.around(record.subject(), today))
    if asked.pk not in {colleague.person.pk for colleague in may}:
        params = {"name": asked.name}
        raise ValidationError({"asked": _("%(name)s could not do this, or is not yours to ask.") % params})
    return _asked(record, what, asked, due_on, sentence, actor, today)


@transaction.atomic
def ask_coordination(record: Any, what: str, *, due_on: date, sentence: str, actor: Actor, today: date) -> Request:
    """Ask whoever coordinates the record's organisation; for what people may ask about themselves (core.privacy)."""
    return _asked(record, what, None, due_on, sentence, actor, today)


def _asked(
    record: Any, what: str, asked: Person | None, due_on: date, sentence: str, actor: Actor, today: date
) -> Request:
    asker = Person.objects.filter(pk=actor.person_id or 0).first()
    if asker is None:
        raise ValidationError(_("Your account is not linked to anybody in the city: nobody would know who asks."))
    if not today <= due_on <= today + AHEAD_AT_MOST:
        raise ValidationError({"due_on": _("Choose a day from today on, within a year.")})
    about = {"subject_kind": records.kind_of(record), "subject_id": record.pk}
    same = Request.objects.filter(**about, what=what, asked=asked, state=Request.State.OPEN)
    if what != Request.What.ANSWER and same.exists():
        raise ValidationError(_("This is asked already, and waits for an answer."))
    values = {
        **about,
        "what": what,
        "asked_by": asker,
        "asked": asked,
        "organisation": Organisation.objects.filter(path=record.subject().path).first(),
        "sentence": " ".join(sentence.split()),
        "due_on": due_on,
    }
    request = records.create(Request, values, actor=actor, root=record)
    refresh(SOURCE, [record.pk], today, records.now())
    return request


# ---- What becomes of it -------------------------------------------------------------------------------------------


def is_asked(request: Request, person_id: int | None, today: date) -> bool:
    """Whether it is for this person to act: asked, deputy of who is asked, or one of the coordination."""
    if person_id is None or request.state != Request.State.OPEN:
        return False
    if request.asked_id is None:
        return person_id in reach.coordination_over(_path_of(request), today)
    return request.asked_id in {person_id, *reach.stands_in_for(person_id, today)}


def _path_of(request: Request) -> str:
    return request.organisation.path if request.organisation else ""


def answer(request: Request, text: str, *, actor: Actor, today: date) -> None:
    """It is done: say what there is to say. Who is asked to answer must write an answer."""
    _must_be_asked(request, actor, today)
    if request.what == Request.What.ANSWER and not text.strip():
        raise ValidationError({"answer": _("Write your answer.")})
    _settle(request, Request.State.DONE, text, actor=actor, verb="answer")


def decline(request: Request, because: str, *, actor: Actor, today: date) -> None:
    """Say no, with the reason; who asked is told."""
    _must_be_asked(request, actor, today)
    if not because.strip():
        raise ValidationError({"answer": _("Say why, so that who asked can go on.")})
    _settle(request, Request.State.DECLINED, because, actor=actor, verb="decline")


def withdraw(request: Request, *, actor: Actor) -> None:
    """Who asked needs it no more."""
    _must_be_open(request)
    if request.asked_by_id != actor.person_id:
        require("moderate", actor, the_record(request).subject())
    _settle(request, Request.State.WITHDRAWN, "", actor=actor, verb="withdraw")


def _must_be_asked(request: Request, actor: Actor, today: date) -> None:
    _must_be_open(request)
    if not is_asked(request, actor.person_id, today):
        raise Refused("answer", the_record(request).subject())


def _must_be_open(request: Request) -> None:
    request.refresh_from_db()
    if request.state != Request.State.OPEN:
        raise ValidationError(_("This request is settled already: somebody may have been quicker."))


@transaction.atomic
def _settle(
    request: Request, state: str, text: str, *, actor: Actor, verb: str, person: Person | None = None, proof: Any = None
) -> None:
    text = text.strip()
    if len(text) > LONGEST_ANSWER:
        raise ValidationError({"answer": _("At most %(limit)s characters fit here.") % {"limit": LONGEST_ANSWER}})
    who = person or Person.objects.filter(pk=actor.person_id or 0).first()
    values = {"state": state, "answer": text, "settled_at": records.now(), "settled_by": who}
    record = the_record(request)
    records.update(request, values, actor=actor, verb=verb, root=record)
    key, by = f"{SOURCE}:{request.pk}", who.pk if who else None
    if state == Request.State.DONE:
        fulfil(key, by, records.now(), proof or {"request": request.pk})
    else:
        void(key, by, records.now())
    _tell_asker(request, record, who)


def _tell_asker(request: Request, record: Any, who: Person | None) -> None:
    if request.asked_by_id == (who.pk if who else None) or request.asked_by.left_on is not None:
        return
    sentences = {
        Request.State.DONE: lambda: _("Done, as you asked: %(record)s"),
        Request.State.DECLINED: lambda: _("Declined: %(record)s"),
        Request.State.WITHDRAWN: lambda: _("Withdrawn: %(record)s"),
    }
    label = subjects.kind_of(record).label(record)
    title = in_languages(sentences[Request.State(request.state)], record=label)
    said = ": ".join(filter(None, (who.name if who else "", request.answer)))
    key = f"request:{request.pk}:{request.state}"
    news = News(key, request.asked_by_id, NoticeKind.ANSWERED, title, path_of(request), the_same(said))
    note([news], records.now())


# ---- Done by doing it ---------------------------------------------------------------------------------------------


def notice_what_was_done() -> int:
    """Settle the open requests whose thing was done meanwhile: two queries where there is nothing to settle."""
    waiting = list(Request.objects.filter(state=Request.State.OPEN, what__in=DOES).select_related("asked_by"))
    if not waiting:
        return 0
    numbers = {request.subject_id for request in waiting}
    deeds = AuditEntry.objects.filter(
        Q(record_id__in=numbers) | Q(root_id__in=numbers),
        verb__in=set().union(*DOES.values()),
        at__gte=min(request.created_at for request in waiting),
    )
    done = list(deeds.order_by("id"))
    settled = 0
    for request in waiting:
        deed = next((entry for entry in done if _is_it(entry, request)), None)
        if deed is not None:
            _note_done(request, deed)
            settled += 1
    return settled


def _is_it(entry: AuditEntry, request: Request) -> bool:
    about = {(entry.kind, entry.record_id), (entry.root_kind, entry.root_id)}
    return entry.verb in DOES[request.what] and request.about in about and entry.at >= request.created_at


def _note_done(request: Request, deed: AuditEntry) -> None:
    person = Person.objects.filter(user_id=deed.actor_id).first() if deed.actor_id else None
    actor = Actor(deed.actor_id, person.pk if person else None, deed.actor_name)
    proof = {"entry": deed.pk, "verb": deed.verb}
    _settle(request, Request.State.DONE, "", actor=actor, verb="answer", person=person, proof=proof)


# ---- What is owed -------------------------------------------------------------------------------------------------


def path_of(request: Request) -> str:
    """Where the request is answered, without a language."""
    return path_without_language("workspace:request", request.pk)


def owed(day: date, ids: frozenset[int] | None = None) -> Iterator[Owed]:
    """A duty for each request that waits (about these records): the asked person's, then it comes back to who asked."""
    waiting = list(open_requests() if ids is None else open_requests().filter(subject_id__in=ids))
    found = subjects.load(request.about for request in waiting)
    for request in waiting:
        record = found.get(request.about)
        if record is None:
            continue
        label = subjects.kind_of(record).label(record)
        key, due = f"{SOURCE}:{request.pk}", request.due_on
        chain = _chain(request, day)
        where = request.organisation_id
        yield Owed(key, "request", in_a_sentence(request, label), path_of(request), request.about, due, chain, where)


def _chain(request: Request, day: date) -> tuple[int, ...]:
    if request.asked_id is None:
        return tuple(reach.coordination_over(_path_of(request), day))
    return (request.asked_id, request.asked_by_id)


def in_a_sentence(request: Request, label: Text) -> Text:
    """'Anna asks you to report: AD-12 · Cool streets – “before Friday's council”', in every language."""
    sentences = {
        Request.What.REPORT: lambda: _("%(name)s asks you to report: %(record)s"),
        Request.What.VALIDATE: lambda: _("%(name)s asks you to validate: %(record)s"),
        Request.What.ANSWER: lambda: _("%(name)s asks you to answer: %(record)s"),
        Request.What.ERASE: lambda: _("%(name)s asks you to erase personal data: %(record)s"),
    }
    text = in_languages(sentences[Request.What(request.what)], name=request.asked_by.name, record=label)
    return Text({code: f"{said} – “{request.sentence}”" if request.sentence else said for code, said in text.items()})


def open_requests() -> QuerySet[Request]:
    """All that wait, with what their rows show."""
    return Request.objects.filter(state=Request.State.OPEN).select_related("asked_by", "asked", "organisation")


def requests_about(record: Any, *, actor: Actor) -> list[Request]:
    """What was asked about the record, what waits first: one query. Raises Refused."""
    require("see_comments", actor, record.subject())
    found = Request.objects.filter(subject_kind=records.kind_of(record), subject_id=record.pk)
    found = found.select_related("asked_by", "asked", "settled_by", "organisation")
    return sorted(found, key=lambda request: (request.state != Request.State.OPEN, -request.pk))


def asked_of(actor: Actor, today: date) -> list[Request]:
    """What waits for the actor: asked of them, of those for whom they stand in, or of the coordination that they are."""
    people = [actor.person_id or 0, *reach.stands_in_for(actor.person_id, today)]
    waiting = open_requests().filter(Q(asked__in=people) | Q(asked=None))
    return [r for r in waiting if r.asked_id is not None or is_asked(r, actor.person_id, today)]


def asked_by(actor: Actor, today: date) -> list[Request]:
    """What the actor asked: what waits, and what was settled within the last sixty days."""
    since = timezone.now() - timedelta(days=60)
    found = Request.objects.filter(asked_by_id=actor.person_id or 0)
    found = found.filter(Q(state=Request.State.OPEN) | Q(settled_at__gte=since))
    found = found.select_related("asked_by", "asked", "settled_by", "organisation")
    return sorted(found, key=lambda request: (request.state != Request.State.OPEN, request.due_on, request.pk))


def _something_changed(changed: Iterable[Any]) -> None:
    notice_what_was_done()


def register() -> None:
    """Called once when the room starts: duties of requests."""
    sources.register(SOURCE, owed)


def watch(kind: str) -> None:
    """Requests about records of this kind (or what hangs on them) are settled as soon as the thing is done."""
    records.on_change(kind, _something_changed)
