"""Notices: noted once, gathered into one readable mail in the person's language, at the pace that the person chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from senne.core.mailing import post
from senne.core.mailing.models import Mail, MailChoice, Notice
from senne.core.mailing.rules import Cadence, Kind, Waiting, default_cadence, to_send
from senne.core.models import Person
from senne.core.paths import path_without_language
from senne.core.text import Text

SALT = "senne.core.mailing.unsubscribe"
ORDER = list(Kind)


@dataclass(frozen=True)
class News:
    """Something to tell a person. `path` is an address without its language ('/plans/CLIMAT/')."""

    key: str
    person_id: int
    kind: Kind
    title: Text
    path: str = ""
    detail: Text = field(default_factory=Text)


def note(news: Iterable[News], now: datetime) -> int:
    """Note what is new; what was noted before under the same key is not noted again. Returns how many are new."""
    rows = [
        Notice(
            key=item.key[:160],
            person_id=item.person_id,
            kind=item.kind.value,
            title=item.title,
            detail=item.detail,
            path=item.path,
            created_at=now,
        )
        for item in news
    ]
    before = Notice.objects.filter(key__in=[row.key for row in rows]).count()
    Notice.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)
    return Notice.objects.filter(key__in=[row.key for row in rows]).count() - before


def unsay(beginning: str) -> int:
    """Nothing more is told of what the keys with this beginning stand for: what is in no mail yet loses its words."""
    return Notice.objects.filter(key__startswith=beginning, mail=None).update(dropped=True, detail=Text())


def cadences(person: Person) -> dict[str, Cadence]:
    """What the person chose for each kind, or what holds without a choice."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("kind", "cadence"))
    return {kind.value: Cadence(chosen.get(kind.value, default_cadence(kind))) for kind in Kind}


def choose(person: Person, kind: str, cadence: Cadence) -> None:
    """The person wants to hear of this kind at that pace."""
    MailChoice.objects.update_or_create(person=person, kind=Kind(kind).value, defaults={"cadence": cadence.value})


def are_new(now: datetime) -> bool:
    """Whether something was noted in the last minutes: it may have to be told at once. All else waits for the hour."""
    return Notice.objects.filter(mail=None, dropped=False, created_at__gt=now - timedelta(minutes=3)).exists()


def gather(now: datetime) -> int:
    """Put waiting notices into mails, one per person at most. Returns how many mails were written."""
    waiting: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(mail=None, dropped=False, person__left_on=None).exclude(person__email=""):
        waiting[notice.person_id].append(notice)
    written = 0
    for person in Person.objects.filter(pk__in=waiting):
        written += _gather_for(person, waiting[person.pk], now)
    return written


def _gather_for(person: Person, notices: list[Notice], now: datetime) -> bool:
    pace = cadences(person)
    unwanted = [notice.pk for notice in notices if pace[notice.kind] is Cadence.NEVER]
    Notice.objects.filter(pk__in=unwanted).update(dropped=True)
    week = Mail.objects.filter(person=person, created_at__gt=now - timedelta(days=7), key__startswith="notices:")
    last = week.order_by("-created_at").values_list("created_at", flat=True).first()
    local = timezone.localtime(now)
    chosen = to_send(
        [Waiting(n.pk, pace[n.kind], n.created_at) for n in notices if n.pk not in unwanted],
        local,
        timezone.localtime(last) if last else None,
        week.count(),
        settings.MAILS_A_WEEK,
    )
    if not chosen:
        return False
    return _write(person, [notice for notice in notices if notice.pk in set(chosen)], now)


@transaction.atomic
def _write(person: Person, notices: list[Notice], now: datetime) -> bool:
    """One mail, and the notices marked as in it, together or not at all."""
    locked = list(Notice.objects.select_for_update().filter(pk__in=[n.pk for n in notices], mail=None))
    if not locked:
        return False
    locked.sort(key=lambda notice: (ORDER.index(Kind(notice.kind)), notice.pk))
    with override(person.language):
        subject, text = _subject(locked), _text(person, locked)
        stop = settings.PUBLIC_URL + unsubscribe_path(person, "all")
    mail = post.queue(
        f"notices:{person.pk}:{max(n.pk for n in locked)}",
        person.email,
        subject,
        text,
        language=person.language,
        now=now,
        person=person,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    Notice.objects.filter(pk__in=[n.pk for n in locked]).update(mail=mail)
    return True


# ---- In words -----------------------------------------------------------------------------------------------------


def heading(kind: str) -> str:
    """What a group of notices is headed."""
    texts = {
        Kind.DUE_SOON: _("Due soon"),
        Kind.DUE: _("Due today"),
        Kind.LATE: _("Late"),
        Kind.STALE: _("Not reported for long"),
        Kind.TO_VALIDATE: _("To validate"),
        Kind.VALIDATED: _("Validated"),
        Kind.SENT_BACK: _("Sent back, with a reason"),
        Kind.ASSIGNED: _("Given to you"),
        Kind.MENTIONED: _("You are mentioned"),
        Kind.REQUESTED: _("Asked of you"),
        Kind.ANSWERED: _("Answers to you"),
        Kind.FOLLOWED: _("Changed, and you follow it"),
        Kind.READY: _("Reports that are ready"),
    }
    return texts[Kind(kind)]


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return f"{heading(notices[0].kind)}: {notices[0].title.shown()[0]}"
    late = sum(notice.kind == Kind.LATE for notice in notices)
    text = ngettext("%(n)s thing for the climate plan", "%(n)s things for the climate plan", len(notices))
    subject = text % {"n": len(notices)}
    return subject + (", " + ngettext("%(n)s late", "%(n)s late", late) % {"n": late} if late else "")


def _text(person: Person, notices: list[Notice]) -> str:
    lines = [_("Hello %(name)s,") % {"name": person.name}, ""]
    kinds = list(dict.fromkeys(notice.kind for notice in notices))
    for kind in kinds:
        lines += [heading(kind).upper(), ""]
        for notice in (n for n in notices if n.kind == kind):
            lines += _lines(notice, person.language)
    lines += [
        "--",
        _("All that you owe, and how often we write:"),
        _address(path_without_language("workspace:home"), person.language),
    ]
    for kind in kinds:
        lines.append(_("No more mails of the kind “%(kind)s”:") % {"kind": heading(kind)})
        lines.append(settings.PUBLIC_URL + unsubscribe_path(person, kind))
    return "\n".join(lines) + "\n"


def _lines(notice: Notice, language: str) -> list[str]:
    detail = notice.detail.shown()[0]
    lines = [f"* {notice.title.shown()[0]}", *(f"  {line}" for line in detail.splitlines())]
    return [*lines, f"  {_address(notice.path, language)}", ""] if notice.path else [*lines, ""]


def _address(path: str, language: str) -> str:
    return f"{settings.PUBLIC_URL}/{language}{path}"


# ---- Out again ----------------------------------------------------------------------------------------------------


def unsubscribe_path(person: Person, kind: str) -> str:
    """The address that ends a kind of mail ('all': every kind) without a login."""
    return reverse("unsubscribe", args=[signing.dumps([person.pk, kind], salt=SALT)])


def unsubscribe(token: str) -> tuple[Person, str] | None:
    """End that kind of mail; (person, kind), or None where the address is not one of ours."""
    try:
        person_id, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=person_id).first()
    if person is None or kind not in {"all", *Kind}:
        return None
    for one in Kind if kind == "all" else [Kind(kind)]:
        choose(person, one, Cadence.NEVER)
    return person, kind
