"""Which rounds there are, what is missing by organisation, who is to call; cut to what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from senne.core.duties import keeping
from senne.core.duties.models import Duty
from senne.core.models import Organisation, Person
from senne.core.policy import Actor
from senne.plan import queries
from senne.plan.models import Action, Contribution, Objective, Round
from senne.plan.words import ContributionState, RoundState

MISSING = (ContributionState.NOT_BEGUN, ContributionState.DRAFT, ContributionState.SENT_BACK)


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the houses that the actor belongs to, the latest first."""
    return Round.objects.filter(queries.reach(actor, "organisation__")).select_related("organisation")


def contributions(actor: Actor, round_: Round | None = None) -> QuerySet[Contribution]:
    """Contributions whose action or objective the actor may see, with what a row shows."""
    seen = Q(action__in=queries.actions(actor).values("pk")) | Q(objective__in=queries.objectives(actor).values("pk"))
    found = Contribution.objects.filter(seen, round__in=rounds(actor).values("pk"))
    if round_ is not None:
        found = found.filter(round=round_)
    return found.select_related(
        "round__organisation",
        "organisation",
        "action__plan__organisation",
        "action__lead",
        "objective__plan__organisation",
        "objective__lead",
        "reported_by",
        "validated_by",
    )


def waiting_for(record: Action | Objective) -> Contribution | None:
    """The contribution by which an open round asks for a report on this record now; None where none does."""
    return (
        Contribution.objects.filter(round__state=RoundState.OPEN)
        .filter(**{"action" if isinstance(record, Action) else "objective": record})
        .filter(state__in=(*MISSING, ContributionState.REPORTED))
        .select_related("round")
        .first()
    )


@dataclass
class Line:
    """An organisation on the board: how many contributions stand where, since when the first is late, who is to call."""

    organisation: Organisation
    counts: dict[str, int] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    late_since: date | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def missing(self) -> int:
        return sum(self.counts.get(state, 0) for state in MISSING)

    @property
    def to_validate(self) -> int:
        return self.counts.get(ContributionState.REPORTED, 0)

    @property
    def finished(self) -> int:
        return self.counts.get(ContributionState.VALIDATED, 0) + self.counts.get(ContributionState.PUBLISHED, 0)


def board(round_: Round, actor: Actor, day: date) -> list[Line]:
    """The round by organisation, in the order of the tree: a constant number of queries."""
    seen = contributions(actor, round_)
    counted = seen.order_by().values_list("organisation_id", "state").annotate(n=Count("pk"))
    lines = {o.pk: Line(o) for o in Organisation.objects.filter(pk__in=[row[0] for row in counted]).order_by("path")}
    for organisation, state, number in counted:
        lines[organisation].counts[state] = number
    duties = list(keeping.open_duties(subject_kind="plan.contribution", subject_id__in=seen.values("pk")))
    acting = keeping.acting(duties, day)
    people = Person.objects.in_bulk({person for found in acting.values() for person in found[:1]})
    for duty in duties:
        line = lines.get(duty.organisation_id or 0)
        if line is not None:
            _put_duty(line, duty, [people[person] for person in acting[duty.pk][:1]], day)
    return list(lines.values())


def _put_duty(line: Line, duty: Duty, people: list[Person], day: date) -> None:
    line.people += [person for person in people if person not in line.people]
    if duty.due_on < day and (line.late_since is None or duty.due_on < line.late_since):
        line.late_since = duty.due_on


@dataclass(frozen=True)
class Row:
    """A contribution in a list: who is to act on it, by when, since when it is owed."""

    contribution: Contribution
    who: Person | None = None
    due_on: date | None = None
    since: date | None = None


def rows(found: Iterable[Contribution], day: date) -> list[Row]:
    """The contributions with who is to act: two queries."""
    shown = list(found)
    duties = {
        duty.subject_id: duty
        for duty in keeping.open_duties(subject_kind="plan.contribution", subject_id__in=[c.pk for c in shown])
    }
    acting = keeping.acting(duties.values(), day)
    people = Person.objects.in_bulk({found[0] for found in acting.values() if found})
    made = []
    for contribution in shown:
        duty = duties.get(contribution.pk)
        first = acting[duty.pk][:1] if duty else []
        who = people.get(first[0]) if first else None
        made.append(Row(contribution, who, duty.due_on if duty else None, _since(contribution) if duty else None))
    return made


def _since(contribution: Contribution) -> date | None:
    """Since when somebody owes something: the report has been there to validate, or the round has been open."""
    if contribution.state == ContributionState.REPORTED and contribution.reported_at:
        return timezone.localdate(contribution.reported_at)
    return contribution.round.opened_on
