"""Somebody who left is replaced by a number, everywhere and for good: history keeps its sense, names and addresses go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.models import AuditEntry, Person, Versioned
from senne.core.policy import Actor, require
from senne.core.privacy.models import Erasure
from senne.core.privacy.register import Fate, Holding, holdings
from senne.core.privacy.rules import Forgotten, pseudonym
from senne.core.privacy.sweeping import frozen_with, rewrite_trail, rows_with, sweep_live, text_columns
from senne.core.talk.asking import notice_what_was_done


def sessions_of(person: Person) -> list[str]:
    """Keys of the person's open sessions: what is in a session says whose it is."""
    if person.user_id is None:
        return []
    own = str(person.user_id)
    return [s.pk for s in Session.objects.all().iterator() if s.get_decoded().get("_auth_user_id") == own]


def identity_of(person: Person, number: int) -> Forgotten:
    """Every name and address by which the person is or was known here: today's, and those that the trail remembers."""
    names, addresses = {person.name}, {person.email, person.user.email if person.user else ""}
    entries = AuditEntry.objects.filter(kind="core.person", record_id=person.pk)
    if person.user_id:
        entries |= AuditEntry.objects.filter(kind="core.user", record_id=person.user_id)
        addresses |= set(person.user.emailaddress_set.values_list("email", flat=True))  # type: ignore[union-attr]
    titles = [dict(person.title)] if person.title else []
    for entry in entries:
        titles += [title for title in entry.changes.get("title") or () if isinstance(title, dict) and title]
        names |= _texts(entry.changes.get("name"))
        addresses |= _texts(entry.changes.get("email"))
    others = Person.objects.exclude(pk=person.pk)
    shared = any(others.filter(name__iexact=name).exists() for name in names)
    addresses = {address for address in addresses if "@" in address}
    return Forgotten(frozenset(names), frozenset(addresses), pseudonym(number), shared, tuple(titles))


def _texts(pair: Any) -> set[str]:
    return {value for value in pair or () if isinstance(value, str) and value.strip() and value != records.HIDDEN}


# ---- Before -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fates:
    """What an erasure would do: (line of the register, how many rows, their fate), and where the name stays."""

    rows: list[tuple[Holding, int]]
    texts: int
    frozen: int
    shared: bool


def foresee(person: Person, *, actor: Actor) -> Fates:
    """What an erasure would do, without doing it. Raises Refused."""
    require("erase_people", actor, person.subject())
    forgotten = identity_of(person, 0)
    rows = [(held, held.rows_of(person).count()) for held in holdings() if held.of]
    own = {held.model for held in holdings() if held.fate in {Fate.CLEARED, Fate.DELETED}}
    texts = sum(_count(held, forgotten) for held in _others(own))
    return Fates([(held, n) for held, n in rows if n], texts, sum(frozen_with(forgotten).values()), forgotten.shared)


def _others(own: set[str]) -> list[Any]:
    frozen = {held.model for held in holdings() if held.fate is Fate.FROZEN} | {"core.auditentry"}
    return [m for m in apps.get_models() if m._meta.label_lower not in own | frozen and text_columns(m)]


def _count(model: Any, forgotten: Forgotten) -> int:
    return sum(1 for _row in rows_with(model, forgotten))


# ---- Doing it -----------------------------------------------------------------------------------------------------


def may_be_erased(person: Person, today: date) -> str:
    """Why the person cannot be erased yet; nothing where they can."""
    if Erasure.objects.filter(person=person).exists():
        return _("This is done already.")
    if person.left_on is None or person.left_on >= today:
        return _("Only who has left can be erased: first note the last day, and hand over what they carry.")
    return ""


@transaction.atomic
def erase_person(person: Person, *, actor: Actor, reason: str, today: date) -> Erasure:
    """Replace somebody who left by a number: their details, account, mails, absences and calendar go, and every text and
    every entry of the trail tells of 'Ancien agent / oud-medewerker N' instead. There is no way back.

    What was published in a frozen version stays; the erasure says in how many places. Raises Refused; ValidationError
    without a reason, before they left, or the second time.
    """
    require("erase_people", actor, person.subject())
    person = Person.objects.select_for_update().select_related("organisation").get(pk=person.pk)
    if why := may_be_erased(person, today):
        raise ValidationError(why)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    number = (Erasure.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    forgotten = identity_of(person, number)
    erasure = Erasure(number=number, person=person)
    erasure.save()
    user = person.user
    done = _meet_fates(person, number) + _forget_at(forgotten.addresses)
    _empty_outbox(forgotten)
    person.refresh_from_db()
    records.note(person, "erase", actor=actor, reason=reason)
    notice_what_was_done()
    done += sweep_live(forgotten, actor=actor)
    done["core.auditentry"] = rewrite_trail(person, user, forgotten)
    erasure.done, erasure.remains = dict(done), dict(frozen_with(forgotten))
    erasure.finished_at = records.now()
    erasure.save()
    records.bump()
    return erasure


def _meet_fates(person: Person, number: int) -> Counter[str]:
    """Rows that are removed or emptied; the person last, since the others are found by it."""
    counts: Counter[str] = Counter()
    for held in sorted(holdings(), key=lambda held: (held.model == "core.person", held.fate is Fate.CLEARED)):
        if held.of is None or held.fate not in {Fate.DELETED, Fate.CLEARED}:
            continue
        keys = list(held.rows_of(person).values_list("pk", flat=True))
        rows = held.model_class()._base_manager.filter(pk__in=keys)
        if held.fate is Fate.DELETED:
            rows.delete()
        elif held.cleared is not None:
            grown = {"version": F("version") + 1} if issubclass(held.model_class(), Versioned) else {}
            rows.update(**held.cleared(number), **grown)
        counts[held.model] = len(keys)
    return counts


def _forget_at(addresses: Iterable[str]) -> Counter[str]:
    """What they asked for as citizens, under one of their addresses."""
    counts: Counter[str] = Counter()
    for held in holdings():
        if held.of is None and held.address and held.fate is Fate.DELETED:
            counts[held.model] = sum(held.rows_at(address).delete()[0] for address in addresses)
    return counts


def _empty_outbox(forgotten: Forgotten) -> None:
    """Where mails go into a folder of this machine, those to the person leave it."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.STORE / "outbox")
    for file in folder.glob("*.eml") if folder.exists() else ():
        to = str(message_from_bytes(file.read_bytes()).get("To", ""))
        if forgotten.text(to) != to:
            file.unlink(missing_ok=True)
