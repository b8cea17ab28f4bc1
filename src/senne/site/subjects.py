"""What citizens follow, embed and share, as an address names it: 'action/CLIMAT/EN-02', 'organisation/voirie'. Only what
every visitor may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from senne.core.models import Organisation
from senne.core.policy import VISITOR
from senne.indicators.api import Indicator
from senne.indicators.api import queries as indicators
from senne.plan.api import Action, Objective, Plan, Theme, changes, queries

KINDS: dict[str, type[Any]] = {
    "action": Action,
    "objective": Objective,
    "theme": Theme,
    "plan": Plan,
    "organisation": Organisation,
    "indicator": Indicator,
}
OF_A_PLAN = {"action", "objective", "theme"}
Subject = changes.Followed


def _asked(kind: str) -> Any:
    ask: dict[str, Any] = {
        "action": queries.actions,
        "objective": queries.objectives,
        "theme": queries.themes,
        "plan": queries.plans,
        "indicator": indicators.indicators,
    }
    return ask[kind](VISITOR) if kind in ask else Organisation.objects.all()


def find(kind: str, code: str, plan: str = "") -> Subject:
    """The record of the address. Raises Http404 where there is none, or none for every visitor."""
    found: Subject | None = None
    if kind in KINDS and bool(plan) == (kind in OF_A_PLAN):
        own = {"plan__code": plan, "code": code} if plan else {"code": code}
        found = _asked(kind).filter(**own).first()
    if found is None:
        raise Http404
    return found


def by_number(kind: str, number: int) -> Subject | None:
    """The record of that kind ('action') and number, if every visitor may see it."""
    found: Subject | None = _asked(kind).filter(pk=number).first() if kind in KINDS else None
    return found


def kind_of(record: Any) -> str:
    """'action' for an Action."""
    return next(kind for kind, model in KINDS.items() if isinstance(record, model))


def words_of(record: Any) -> list[str]:
    """What names the record in an address: [kind, plan, code], or [kind, code] where it belongs to no plan."""
    kind = kind_of(record)
    return [kind, record.plan.code, record.code] if kind in OF_A_PLAN else [kind, record.code]


def title_of(record: Any) -> Any:
    """What the record is called, in every language."""
    if isinstance(record, Action):
        return record.title
    return record.statement if isinstance(record, Objective) else record.name


def is_public(record: Any) -> bool:
    """Whether every visitor sees it: what is not cannot be followed nor shown elsewhere."""
    own: str = getattr(record, "visibility", "public")
    plan = getattr(record, "plan", None)
    return own == "public" and (plan is None or plan.visibility == "public")
