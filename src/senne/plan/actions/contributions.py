"""What each contribution to a round goes through: draft, reported, validated or sent back; and who is reminded of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from senne.core import records
from senne.core.duties import keeping
from senne.core.mailing.notices import News, note
from senne.core.mailing.rules import Kind
from senne.core.models import Person
from senne.core.numbers import plain
from senne.core.paths import path_without_language
from senne.core.policy import Actor, require
from senne.core.text import Text, as_text
from senne.indicators.api import Figure
from senne.plan.actions.action import report, say_figures
from senne.plan.models import Action, Contribution, Round
from senne.plan.rules.questions import Question, check, read_questions
from senne.plan.words import ContributionState, RoundState

Values = Mapping[str, Any]


def questions_of(contribution: Contribution) -> list[Question]:
    """What the round asks of this kind of record."""
    kind = "action" if contribution.action_id else "objective"
    return read_questions(contribution.round.questions.get(kind, ()))


def _must_be_open(contribution: Contribution) -> None:
    if contribution.round.state != RoundState.OPEN:
        raise ValidationError(_("This round takes no reports any more. Ask the coordination."))


@transaction.atomic
def contribute(
    contribution: Contribution,
    said: Values,
    answers: Mapping[str, str],
    *,
    actor: Actor,
    today: date,
    steps_done: list[int] | None = None,
    expected_version: int | None = None,
    figures: Sequence[Figure] = (),
) -> None:
    """Report for the round: record and figures are brought up to date, answers kept, the head is asked to validate.

    Raises Refused, ValidationError (with the fields of wrong answers as 'answer_<key>'), Conflict.
    """
    require("report", actor, contribution.subject())
    _must_be_open(contribution)
    if contribution.state in {ContributionState.VALIDATED, ContributionState.PUBLISHED}:
        raise ValidationError(_("This report is validated already. Ask who validated it to send it back first."))
    found = check(questions_of(contribution), answers)
    if found.faults:
        raise ValidationError({f"answer_{key}": fault_text(fault) for key, fault in found.faults.items()})
    _bring_up_to_date(contribution, said, actor, today, steps_done, expected_version)
    say_figures(figures, actor=actor, today=today)
    values = {
        "state": ContributionState.REPORTED,
        "said": {**records.as_json(dict(said)), **_figures_said(figures, contribution)},
        "answers": found.kept,
        "reported_by": Person.objects.filter(pk=actor.person_id or 0).first(),
        "reported_at": records.now(),
        "sent_back_because": "",
    }
    records.update(contribution, values, actor=actor, verb="report", root=contribution.record)


def _figures_said(figures: Sequence[Figure], contribution: Contribution) -> dict[str, Any]:
    """{"figures": [{"indicator", "period", "value"}…]}: those given now, and those given for this round before."""
    now = [{"indicator": f.indicator.code, "period": str(f.period), "value": plain(f.value)} for f in figures]
    given = {(item["indicator"], item["period"]) for item in now}
    earlier = contribution.said.get("figures", [])
    kept = [item for item in earlier if (item["indicator"], item["period"]) not in given]
    return {"figures": [*kept, *now]} if kept or now else {}


def _bring_up_to_date(
    contribution: Contribution, said: Values, actor: Actor, today: date, steps: list[int] | None, version: int | None
) -> None:
    if contribution.action is not None:
        report(contribution.action, said, actor=actor, today=today, steps_done=steps, expected_version=version)
        return
    objective = contribution.objective
    assert objective is not None
    values = {name: as_text(value) for name, value in said.items() if name == "news"}
    values |= {"last_reported_on": today}  # type: ignore[dict-item]
    records.update(objective, values, actor=actor, expected_version=version, verb="report")


def fault_text(fault: str) -> str:
    """What is wrong with an answer."""
    texts = {
        "missing": _("This question needs an answer."),
        "number": _("Write a number, such as 12 or 3,5."),
        "choice": _("Choose one of the answers given."),
        "long": _("This answer is too long (5,000 characters at most)."),
    }
    return texts[fault]


@transaction.atomic
def validate(contribution: Contribution, *, actor: Actor) -> None:
    """Say that what was reported is so."""
    require("validate", actor, contribution.subject())
    if contribution.state != ContributionState.REPORTED:
        raise ValidationError(_("There is no report to validate here: somebody may have been quicker."))
    values = {
        "state": ContributionState.VALIDATED,
        "validated_by": Person.objects.filter(pk=actor.person_id or 0).first(),
        "validated_at": records.now(),
    }
    records.update(contribution, values, actor=actor, verb="validate", root=contribution.record)
    _tell(contribution, Kind.VALIDATED, actor)


@transaction.atomic
def send_back(contribution: Contribution, because: str, *, actor: Actor) -> None:
    """Ask for a better report, with the reason."""
    require("validate", actor, contribution.subject())
    if contribution.state not in {ContributionState.REPORTED, ContributionState.VALIDATED}:
        raise ValidationError(_("There is no report to send back here: somebody may have been quicker."))
    if not because.strip():
        raise ValidationError({"because": _("Say what is missing, so that it can be mended.")})
    values = {
        "state": ContributionState.SENT_BACK,
        "sent_back_because": because.strip(),
        "validated_by": None,
        "validated_at": None,
    }
    record = contribution.record
    records.update(contribution, values, actor=actor, verb="send_back", reason=because.strip(), root=record)
    _tell(contribution, Kind.SENT_BACK, actor, because.strip())


def _tell(contribution: Contribution, kind: Kind, actor: Actor, detail: str = "") -> None:
    """Tell who reported what became of it (not where they did it themselves)."""
    person = contribution.reported_by_id
    if person is None or person == actor.person_id:
        return
    path = path_without_language("workspace:contribution", contribution.round_id, contribution.pk)
    key = f"contribution:{contribution.pk}:{kind.value}:{contribution.version}"
    text = as_text(detail)
    note([News(key, person, kind, label_of(contribution), path, text)], records.now())


def label_of(contribution: Contribution) -> Text:
    """What the contribution is about, for mails and lists."""
    record = contribution.record
    text = record.title if isinstance(record, Action) else record.statement
    return Text({code: f"{record.code} · {written}" for code, written in text.items()})


# ---- Reminding ----------------------------------------------------------------------------------------------------


def begin(contribution: Contribution, *, actor: Actor) -> None:
    """Somebody began to write: the board shows a draft."""
    require("report", actor, contribution.subject())
    if contribution.state == ContributionState.NOT_BEGUN and contribution.round.state == RoundState.OPEN:
        root = contribution.record
        records.update(contribution, {"state": ContributionState.DRAFT}, actor=actor, verb="draft", root=root)


@transaction.atomic
def remind(round_: Round, contributions: Iterable[Contribution], *, actor: Actor, day: date, now: datetime) -> int:
    """Write to whoever is to act on each of these today; once a day at most. Returns how many people are written to."""
    require("run_rounds", actor, round_.subject())
    if round_.state != RoundState.OPEN and round_.state != RoundState.CLOSED:
        raise ValidationError(_("This round is over: nobody owes anything for it."))
    by_id = {contribution.pk: contribution for contribution in contributions}
    duties = list(keeping.open_duties(subject_kind="plan.contribution", subject_id__in=by_id))
    acting = keeping.acting(duties, day)
    news: dict[str, News] = {}
    for duty in duties:
        for person in acting[duty.pk][:1]:
            key = f"asked:{duty.pk}:{day}:{person}"
            news[key] = News(key, person, Kind.REQUESTED, duty.what, duty.path)
    note(news.values(), now)
    reminded = [by_id[duty.subject_id] for duty in duties if acting[duty.pk]]
    for contribution in reminded:
        contribution.reminded_at = now
    Contribution.objects.bulk_update(reminded, ["reminded_at"], batch_size=200)
    records.note(round_, "remind", actor=actor, reason=_("%(n)s contributions") % {"n": len(reminded)})
    return len({item.person_id for item in news.values()})
