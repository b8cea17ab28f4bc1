"""What the four views share: the frame with filter, tabs and saved views; the limit of what one page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senne.core.models import Person
from senne.core.viewing import who
from senne.plan.api import Action
from senne.workspace import saved
from senne.workspace.listing.asked import COLUMNS, VIEWS, Asked
from senne.workspace.listing.columns import BY_KEY
from senne.workspace.listing.filters import filters_of
from senne.workspace.models import SavedView


@dataclass(frozen=True)
class Tab:
    """One of the views, with the filter as it is."""

    key: str
    label: str
    query: str
    here: bool


@dataclass(frozen=True)
class Kept:
    """A saved view as a chip: `own` or by a colleague, and whether it is the one on the screen."""

    view: SavedView
    own: bool
    here: bool


def frame(request: HttpRequest, asked: Asked, **more: Any) -> dict[str, Any]:
    """The context that every view has."""
    actor = who(request)
    person = Person.objects.select_related("organisation").filter(pk=actor.person_id or 0).first()
    views = [Kept(view, view.person_id == actor.person_id, view.query == asked.kept) for view in saved.views_for(actor)]
    return {
        "asked": asked,
        "filters": filters_of(asked, actor),
        "hidden": _hidden(asked),
        "tabs": tabs_of(asked),
        "columns_to_choose": [(BY_KEY[key], key in asked.columns) for key in COLUMNS],
        "kept_views": views,
        "kept_here": any(kept.here for kept in views),
        "sharing": saved.sharing_choices(person) if person else None,
        **more,
    }


def tabs_of(asked: Asked) -> list[Tab]:
    """The four views as links that keep the filter."""
    labels = {
        "table": pgettext("view", "Table"),
        "timeline": pgettext("view", "Timeline"),
        "board": pgettext("view", "Board"),
        "calendar": pgettext("view", "Calendar"),
    }
    plain = replace(asked, month="", begin=None)
    return [Tab(view, labels[view], plain.query(view=view), view == asked.view) for view in VIEWS]


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """What the filter form sends along unseen, so that filtering changes nothing else."""
    found = [("view", asked.view)]
    if asked.filter.objective:
        found.append(("objective", asked.filter.objective))
    if asked.filter.sort and asked.view == "table":
        found.append(("sort", asked.filter.sort))
    if asked.view != "table":
        found += [("c", key) for key in asked.columns] if asked.columns != Asked().columns else []
    if asked.view == "timeline":
        found += [("begin", str(asked.begin))] if asked.begin else []
    if asked.view == "calendar" and asked.month:
        found.append(("month", asked.month))
    return found


def first_of(found: QuerySet[Action], limit: int) -> tuple[list[Action], int]:
    """(the first of the actions, at most `limit`; how many there are in all)."""
    actions = list(found[: limit + 1])
    return actions[:limit], found.count() if len(actions) > limit else len(actions)


def too_many(count: int, limit: int) -> str:
    """What is said where more is found than one page shows; nothing where all is shown."""
    if count <= limit:
        return ""
    return _("The first %(limit)s of %(count)s actions are shown. Narrow the filter to see the others.") % {
        "limit": limit,
        "count": count,
    }
