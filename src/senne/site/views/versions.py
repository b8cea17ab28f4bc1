"""A plan as it stood: its versions and rounds, read for ever, and compared with each other or with today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from senne.core.page_cache import cacheable
from senne.core.text import the_same
from senne.core.viewing import key_in, one, page_of, who
from senne.indicators import api as indicators
from senne.plan.api import (
    Amendment,
    Plan,
    Snapshot,
    compared,
    comparison,
    figures,
    freezing,
    picture,
    picture_of,
    queries,
    summary,
)
from senne.site.views.common import today

Picture = picture.Picture
Figure = picture.FigurePicture
OBJECTS_A_PAGE = 12
SHAPES: dict[str, Any] = {
    "objective": picture.ObjectivePicture, "action": picture.ActionPicture, "indicator": picture.IndicatorPicture,
}  # fmt: skip


def _plan(request: HttpRequest, plan: str) -> Plan:
    return one(queries.plans(who(request)), code=plan)


def _all_of(request: HttpRequest, plan: Plan) -> QuerySet[Snapshot]:
    return freezing.snapshots(who(request)).filter(plan=plan)


def _snapshot(request: HttpRequest, plan: Plan, number: int) -> Snapshot:
    return one(_all_of(request, plan).select_related("corrects"), number=number)


@cacheable
def versions(request: HttpRequest, plan: str) -> HttpResponse:
    """Every moment at which the plan was frozen, the latest first."""
    record = _plan(request, plan)
    found = list(_all_of(request, record).select_related("corrects"))
    reasons = dict(Amendment.objects.filter(version_after__in=found).values_list("version_after_id", "reason"))
    corrected = {snapshot.corrects_id for snapshot in found if snapshot.corrects_id}
    for snapshot, before in zip(found, [*found[1:], None][: len(found)], strict=True):
        snapshot.earlier = before  # type: ignore[attr-defined]
        snapshot.is_corrected = snapshot.pk in corrected  # type: ignore[attr-defined]
        snapshot.why = reasons.get(snapshot.pk) or the_same(snapshot.reason)  # type: ignore[attr-defined]
    return render(request, "site/versions.html", {"plan": record, "snapshots": found, "today": today()})


@dataclass(frozen=True)
class Measured:
    """An indicator of a frozen plan with what a page shows of it."""

    picture: picture.IndicatorPicture

    @property
    def latest(self) -> str:
        """'190 arbres (2024)'."""
        return figures.dated(self.picture, self.picture.latest)

    @property
    def expected(self) -> str:
        """What its trajectory asked for at that time; nothing where it asked for nothing."""
        return figures.value(self.picture, self.picture.expected) if self.picture.expected else ""

    @property
    def baseline(self) -> str:
        return figures.dated(self.picture, self.picture.baseline) if self.picture.baseline else ""

    @property
    def figures(self) -> list[tuple[str, str, Figure]]:
        """(period, figure, the rest of it), the latest first."""
        return [self._row(found) for found in reversed(self.picture.figures)]

    @property
    def targets(self) -> list[tuple[str, str, Figure]]:
        return [self._row(found) for found in self.picture.targets]

    def _row(self, found: Figure) -> tuple[str, str, Figure]:
        return figures.period(found.period), figures.figure(self.picture, found), found


@dataclass(frozen=True)
class Chapter:
    """A theme of a frozen plan with its axes, their objectives, and the indicators that measure these or their actions."""

    theme: picture.PartPicture
    axes: list[tuple[picture.PartPicture, list[picture.ObjectivePicture]]]
    indicators: list[Measured]


@cacheable
def version(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """The whole plan as it stood."""
    record = _plan(request, plan)
    snapshot = _snapshot(request, record, number)
    then = freezing.picture_then(snapshot, who(request))
    page = page_of(then.themes, request, 3)
    chapters = [Chapter(theme, _axes(then, theme), _measured(summary.of_theme(then, theme.code))) for theme in page]
    context = {
        "plan": record,
        "snapshot": snapshot,
        "picture": then,
        "chapters": chapters,
        "others": [] if page.has_next() else _in_no_theme(then),
        "page": page,
        "monitored": sum(objective.monitored for objective in then.objectives),
        "newer": snapshot.corrected_by.order_by("-number").first(),
    }
    return render(request, "site/version.html", context)


def _axes(
    then: Picture, theme: picture.PartPicture
) -> list[tuple[picture.PartPicture, list[picture.ObjectivePicture]]]:
    return [
        (axis, [objective for objective in then.objectives if objective.axis == axis.code])
        for axis in then.axes
        if axis.parent == theme.code
    ]


def _measured(then: Picture) -> list[Measured]:
    return [Measured(indicator) for indicator in then.indicators]


def _in_no_theme(then: Picture) -> list[Measured]:
    """Indicators of actions that serve no objective of the plan: told at its end, so that none is lost."""
    told = {indicator.code for theme in then.themes for indicator in summary.of_theme(then, theme.code).indicators}
    return [Measured(indicator) for indicator in then.indicators if indicator.code not in told]


@cacheable
def version_part(request: HttpRequest, plan: str, number: str, kind: str, code: str) -> HttpResponse:
    """One objective, action or indicator as it stood: a few parts are read, not the whole plan."""
    record = _plan(request, plan)
    snapshot = _snapshot(request, record, int(number))
    parts = freezing.parts(snapshot, who(request))
    part = one(parts, kind=kind, code=code)
    found = picture.from_json(SHAPES[kind], part.data)
    context: dict[str, Any] = {
        "plan": record,
        "snapshot": snapshot,
        "part": found,
        "live": _live(request, kind, plan, code),
    }
    if kind == "indicator":
        context |= _what_it_measures(parts, found)
    else:
        own = [picture.from_json(picture.IndicatorPicture, row.data) for row in parts.filter(kind="indicator")]
        context["indicators"] = [Measured(one) for one in own if code in getattr(one, f"{kind}s")]
    if kind == "objective":
        context["actions"] = _parts(parts, "action", found.actions)
    names = parts.filter(kind="organisation").values_list("code", "data")
    context["organisations"] = {code: data["name"] for code, data in names}
    return render(request, f"site/version_{kind}.html", context)


def _parts(parts: QuerySet[Any], kind: str, codes: list[str]) -> list[Any]:
    return [picture.from_json(SHAPES[kind], row.data) for row in parts.filter(kind=kind, code__in=codes)]


def _what_it_measures(parts: QuerySet[Any], found: picture.IndicatorPicture) -> dict[str, Any]:
    """The objectives and actions that the reader sees. An indicator that measures nothing else is none of the plan's."""
    objectives, actions = _parts(parts, "objective", found.objectives), _parts(parts, "action", found.actions)
    if not objectives and not actions:
        raise Http404
    return {"measured": Measured(found), "objectives": objectives, "actions": actions}


def _live(request: HttpRequest, kind: str, plan: str, code: str) -> Any:
    """The record as it stands today, if it is still there and the reader may see it."""
    if kind == "indicator":
        return indicators.queries.indicators(who(request)).filter(code=code).first()
    ask = queries.objectives if kind == "objective" else queries.actions
    return ask(who(request)).filter(plan__code=plan, code=code).first()


@cacheable
def compare(request: HttpRequest, plan: str) -> HttpResponse:
    """Two moments side by side: in short, then object by object and field by field."""
    record = _plan(request, plan)
    first, second = _moment(request, record, "from"), _moment(request, record, "to")
    before, after = _picture(request, record, first), _picture(request, record, second)
    found = comparison.compare(before, after)
    kind = request.GET.get("kind", "")
    shown = [d for d in found.differences if not kind or d.kind == kind]
    page = page_of(shown, request, OBJECTS_A_PAGE)
    context = {
        "plan": record,
        "first": first,
        "second": second,
        "snapshots": _all_of(request, record),
        "summary": compared.summary_lines(found),
        "objects": [compared.told(difference, before, after) for difference in page],
        "page": page,
        "kind": kind,
        "total": len(found.differences),
        "before": before,
        "after": after,
    }
    return render(request, "site/compare.html", context)


def _moment(request: HttpRequest, plan: Plan, key: str) -> Snapshot | None:
    """The snapshot of that number; None for 'now'. Nonsense is not found."""
    asked = request.GET.get(key, "now")
    if asked in {"now", ""}:
        return None
    return _snapshot(request, plan, key_in(asked))


def _picture(request: HttpRequest, plan: Plan, snapshot: Snapshot | None) -> Picture:
    if snapshot is None:
        return picture_of(plan, who(request), today())
    return freezing.picture_then(snapshot, who(request))


@cacheable
def version_json(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """The whole snapshot as JSON, with its hash, for whoever wants to keep or check it."""
    record = _plan(request, plan)
    snapshot = _snapshot(request, record, number)
    then = picture.as_json(freezing.picture_then(snapshot, who(request)))
    head = {
        "number": snapshot.number,
        "edition": snapshot.edition,
        "taken_at": snapshot.taken_at.isoformat(),
        "content_hash": snapshot.content_hash,
        "code_version": snapshot.code_version,
        "reason": snapshot.reason,
        "decision": snapshot.decision,
    }
    response = JsonResponse({"snapshot": head, "plan": then}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{record.code}-{snapshot.number}.json"'
    return response
