"""Who is given something by a colleague is told: a part in an action, a step, an objective, an indicator. Nobody is told what
they took themselves, nor of what is over, nor of history brought in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from senne.core import records
from senne.core.mailing.notices import News, note, unsay
from senne.core.mailing.rules import Kind
from senne.core.models import AuditEntry, Person
from senne.core.paths import path_without_language
from senne.core.text import Text, in_languages, the_same
from senne.indicators.api import Indicator
from senne.plan.models import Action, ActionContact, Objective, Step
from senne.plan.words import ContactRole, Status

# More than this at once (an import, somebody's succession) is told in one line.
MANY = 5
OVER = (Status.DONE, Status.ABANDONED)
Sentence = Callable[[], str]


@dataclass(frozen=True)
class Given:
    """Something that is somebody's now: its record in words, why it is told, where it is worked on."""

    code: str
    title: Text
    path: str
    sentence: Sentence
    step: Text | str = ""


GIVEN: dict[str, Sentence] = {
    ContactRole.OWNER: lambda: _("%(name)s gave you this action: you report on it."),
    ContactRole.CONTRIBUTOR: lambda: _("%(name)s counts on your contribution to this action."),
    ContactRole.APPROVER: lambda: _("%(name)s asks you to validate what is reported on this action."),
    "step": lambda: _("%(name)s gave you a step: %(step)s"),
    "objective": lambda: _("%(name)s put you in charge of this objective."),
    "indicator": lambda: _("%(name)s counts on you for the figures of this indicator."),
}
TOGETHER: dict[str, Sentence] = {
    "plan.actioncontact": lambda: _("%(n)s actions in which you have a part from now on"),
    "plan.step": lambda: _("%(n)s steps that are yours from now on"),
    "plan.objective": lambda: _("%(n)s objectives that are yours from now on"),
    "indicators.indicator": lambda: _("%(n)s indicators whose figures you give from now on"),
}


# ---- What is given ------------------------------------------------------------------------------------------------


def _of_action(action: Action, sentence: Sentence, step: Text | str = "") -> Given | None:
    if action.is_closed or action.status in OVER:
        return None
    path = path_without_language("workspace:action", action.plan.code, action.code)
    return Given(action.code, action.title, path, sentence, step)


def _contacts(keys: Iterable[int]) -> Iterator[tuple[int, int | None, Given | None]]:
    for contact in ActionContact.objects.filter(pk__in=keys).select_related("action__plan"):
        yield contact.pk, contact.person_id, _of_action(contact.action, GIVEN[contact.role])


def _steps(keys: Iterable[int]) -> Iterator[tuple[int, int | None, Given | None]]:
    for step in Step.objects.filter(pk__in=keys, done_on=None).select_related("action__plan"):
        yield step.pk, step.assignee_id, _of_action(step.action, GIVEN["step"], step.title)


def _objectives(keys: Iterable[int]) -> Iterator[tuple[int, int | None, Given | None]]:
    for objective in Objective.objects.filter(pk__in=keys).select_related("plan"):
        path = path_without_language("workspace:objective", objective.plan.code, objective.code)
        yield objective.pk, objective.owner_id, Given(objective.code, objective.statement, path, GIVEN["objective"])


def _indicators(keys: Iterable[int]) -> Iterator[tuple[int, int | None, Given | None]]:
    for indicator in Indicator.objects.filter(pk__in=keys):
        path = path_without_language("workspace:indicator", indicator.code)
        yield indicator.pk, indicator.keeper_id, Given(indicator.code, indicator.name, path, GIVEN["indicator"])


# kind → (the column that holds the person, how the records are found)
KINDS: dict[str, tuple[str, Any]] = {
    "plan.actioncontact": ("person", _contacts),
    "plan.step": ("assignee", _steps),
    "plan.objective": ("owner", _objectives),
    "indicators.indicator": ("keeper", _indicators),
}


# ---- Who is told --------------------------------------------------------------------------------------------------


def tell(entries: list[AuditEntry]) -> None:
    """Note the news of these entries, all of one kind; what was taken away again before its mail left is not told."""
    kind = entries[0].kind
    column, find = KINDS[kind]
    changes = [(entry, *_people(entry, column)) for entry in entries]
    for entry, before, after in changes:
        if before is not None and before != after:
            unsay(_key(entry, before))
    taken = {(entry.record_id, after): entry for entry, _before, after in changes if after is not None}
    if not taken:
        return
    there = Person.objects.filter(pk__in={person for _pk, person in taken}, left_on=None)
    accounts = dict(there.values_list("pk", "user_id"))
    theirs: dict[int, list[tuple[AuditEntry, Given]]] = defaultdict(list)
    for pk, person, given in find({pk for pk, _person in taken}):
        found = taken.get((pk, person))
        if found is None or given is None or person not in accounts or _did_it(accounts[person], found):
            continue
        theirs[person].append((found, given))
    note([news for person, items in theirs.items() for news in _news(kind, person, items)], records.now())


def _people(entry: AuditEntry, column: str) -> tuple[int | None, int | None]:
    """Who held the column before and after, by key; nobody twice where it did not change."""
    before, after = (value["id"] if value else None for value in entry.changes.get(column, (None, None)))
    return (None, None) if before == after else (before, after)


def _did_it(account: int | None, entry: AuditEntry) -> bool:
    return account is not None and account == entry.actor_id


def _key(entry: AuditEntry, person: int) -> str:
    return f"assigned:{entry.kind}:{entry.record_id}:{person}:"


def _news(kind: str, person: int, items: list[tuple[AuditEntry, Given]]) -> Iterator[News]:
    if len(items) > MANY:
        entry = items[0][0]
        codes = ", ".join(dict.fromkeys(given.code for _entry, given in items))
        title, path = in_languages(TOGETHER[kind], n=str(len(items))), path_without_language("workspace:home")
        yield News(f"{_key(entry, person)}many:{entry.pk}", person, Kind.ASSIGNED, title, path, the_same(codes))
        return
    for entry, given in items:
        title = Text({code: f"{given.code} · {text}" for code, text in given.title.items()})
        detail = in_languages(given.sentence, name=entry.actor_name, step=given.step)
        yield News(f"{_key(entry, person)}{entry.pk}", person, Kind.ASSIGNED, title, given.path, detail)


def register() -> None:
    """Called once when the room starts."""
    for kind in KINDS:
        records.on_deed(kind, tell)
