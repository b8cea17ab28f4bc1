"""What the pages of an action share: the action with its parts, the groups that the reader may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core import policy
from senne.core.viewing import one, who
from senne.plan.api import Action, queries
from senne.workspace.talking import talk_count

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Group:
    """A page of the action: its name in addresses, what it is called, how many things it holds."""

    name: str
    label: str
    address: str
    count: int | None = None


def group_address(action: Action, name: str) -> str:
    """The path of one of the action's pages."""
    route = "workspace:action" if name == "what" else f"workspace:action_{name}"
    return reverse(route, args=[action.plan.code, action.code])


def the_action(request: HttpRequest, plan: str, code: str, verb: str = "edit") -> Action:
    """The action with its parts; 404 where it may not be seen, refused where the verb is not the reader's."""
    actor = who(request)
    record = one(queries.with_page_parts(queries.actions(actor), actor), plan__code=plan, code=code)
    policy.require(verb, actor, record.subject())
    return record


def the_child(request: HttpRequest, model: type[M], pk: int, verb: str = "edit") -> M:
    """A step, line, link, document or contact of an action that the reader sees; refused where the verb is not theirs."""
    visible = queries.actions(who(request)).values("pk")
    found = model._default_manager.filter(action__in=visible)
    record: Any = one(found.select_related("action__plan__organisation", "action__lead"), pk=pk)
    policy.require(verb, who(request), record.action.subject())
    return record


def groups_of(action: Action) -> list[Group]:
    """The pages, in the order in which somebody fills them in."""
    ties = len(action.objectives.all()) + action.relations.count() + action.relations_back.count()
    labels = (
        ("what", pgettext("group", "What"), None),
        ("who", pgettext("group", "Who"), len(action.contacts.all())),
        ("when", _("State and dates"), None),
        ("steps", _("Steps"), len(action.steps.all())),
        ("money", _("Money"), len(action.budget.all())),
        ("where", pgettext("group", "Where"), None),
        ("ties", _("Ties"), ties),
        ("indicators", _("Indicators"), action.indicator_links.count()),
        ("files", _("Links and documents"), len(action.links.all()) + len(action.documents.all())),
        ("internal", pgettext("group", "Internal"), None),
        ("talk", _("Discussion"), talk_count(action)),
    )
    return [Group(name, label, group_address(action, name), count) for name, label, count in labels]


def frame(request: HttpRequest, action: Action, group: str, **more: Any) -> dict[str, Any]:
    """The context of an action's page."""
    groups = groups_of(action)
    return {
        "action": action,
        "group": group,
        "group_label": next(g.label for g in groups if g.name == group),
        "groups": groups,
        "may": policy.allowed(who(request), action.subject()),
        **more,
    }
