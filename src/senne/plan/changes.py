"""What changed in the plan, told from the audit trail: only what the reader may see, one entry for one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from senne.core.models import AuditEntry, Organisation
from senne.core.policy import Actor, Subject, can_see_internal
from senne.core.text import Text, as_text
from senne.indicators import api as indicators
from senne.indicators.api import Indicator
from senne.plan import measured, queries
from senne.plan.models import Action, IndicatorLink, Objective, Plan, Theme
from senne.plan.words import Visibility

TOLD_FIELDS = (
    "status", "phase", "title", "statement", "news", "end_on", "visibility", "health_override", "merged_into",
    "superseded_by", "target_value",
)  # fmt: skip
SAME_DEED = timedelta(seconds=10)
_KINDS = Q(kind__in=("plan.action", "plan.objective")) | Q(kind="plan.step", verb="update")
_FIGURE, _TARGET, _INDICATOR = "indicators.measurement", "indicators.targetpoint", "indicators.indicator"
_KINDS |= Q(kind=_FIGURE, verb__in=("create", "correct")) | Q(kind=_TARGET, verb="retarget")
_SCAN = 8
# What a reader may ask the changes of, or follow: a record, or all that belongs to a plan, a theme, an organisation.
Told = Action | Objective | Indicator
Followed = Told | Plan | Theme | Organisation


@dataclass(frozen=True)
class FigureTold:
    """A figure (`what` is 'figure') or a target ('target') of a period; `before` is '' where it is the first.

    Values are decimal strings of the indicator's unit; `why` is what was said when it changed.
    """

    what: str
    period: str
    value: str
    before: str = ""
    why: str = ""


@dataclass
class Change:
    """A deed that may be told: on which record, when, which told fields went from what to what, which steps were done,
    which figures were given."""

    id: int
    at: datetime
    verb: str
    record: Told
    changes: dict[str, list[Any]]
    news: Text
    steps: list[Text] = field(default_factory=list)
    figures: list[FigureTold] = field(default_factory=list)


@dataclass(frozen=True)
class Changes:
    """Some changes, newest first, and where to go on from (`before` for the next ones; None at the end)."""

    items: list[Change]
    before: int | None


def latest_changes(
    actor: Actor, limit: int = 20, record: Followed | None = None, telling: bool = False, known: Sequence[Told] = ()
) -> list[Change]:
    """The latest changes of what the actor may see, or of one record; `telling`: no reports that nothing is new.

    `known` are records that the caller has loaded for this actor, indicators with their figures: not read again.
    """
    return changes_page(actor, limit, record, telling=telling, known=known).items


def changes_page(
    actor: Actor,
    limit: int = 20,
    record: Followed | None = None,
    before: int | None = None,
    telling: bool = False,
    known: Sequence[Told] = (),
) -> Changes:
    """The latest changes of visible actions, objectives and indicators, newest first: seven queries.

    Internal fields are never told; a change of nothing but those is left out. Entries of one person on one record within
    seconds (a report and the steps ticked with it) are one change. With `before`, only what came before that number.
    """
    entries = _entries(actor, record)
    if telling:
        entries = entries.filter(~Q(verb="report") | Q(changes__has_any_keys=TOLD_FIELDS))
    if before is not None:
        entries = entries.filter(pk__lt=before)
    window = list(entries.order_by("-id")[: limit * _SCAN])
    seen = _visible(window, actor, known)
    return _told(_since_published(window, seen, actor), seen, limit, len(window) < limit * _SCAN, known)


def changes_between(actor: Actor, since: datetime, until: datetime, record: Followed | None = None) -> list[Change]:
    """All changes of visible records from `since` on, before `until`, newest first: seven queries."""
    window = list(_entries(actor, record).filter(at__gte=since, at__lt=until).order_by("-at", "-id"))
    seen = _visible(window, actor)
    return _told(_since_published(window, seen, actor), seen, len(window) + 1, whole=True).items


def belonging(record: Plan | Theme | Organisation) -> tuple[QuerySet[Action], QuerySet[Objective]]:
    """The actions and objectives of a plan or theme, or that an organisation (with those below it) leads or joins."""
    if isinstance(record, Organisation):
        joined = Action.partners.through.objects.filter(organisation=record).values("action_id")
        actions = Action.objects.filter(Q(lead__path__startswith=record.path) | Q(pk__in=joined))
        return actions, Objective.objects.filter(lead__path__startswith=record.path)
    own = {"plan": record} if isinstance(record, Plan) else {"axis__theme": record}
    objectives = Objective.objects.filter(**own)
    serving = Action.objectives.through.objects.filter(objective__in=objectives.order_by().values("pk"))
    mine = Q(plan=record) if isinstance(record, Plan) else Q(pk__in=[])
    return Action.objects.filter(mine | Q(pk__in=serving.values("action_id"))), objectives


def _entries(actor: Actor, record: Followed | None) -> QuerySet[AuditEntry]:
    """The entries that may be told to the actor, of the record where one is given."""
    visible = Q(root_kind="plan.action", root_id__in=queries.actions(actor).values("pk"))
    visible |= Q(root_kind="plan.objective", root_id__in=queries.objectives(actor).values("pk"))
    measuring = indicators.queries.indicators(actor).order_by()
    visible |= Q(root_kind=_INDICATOR, root_id__in=measuring.values("pk"))
    entries: QuerySet[AuditEntry] = AuditEntry.objects.filter(_KINDS & visible).exclude(verb="delete")
    return entries if record is None else entries.filter(_about(record, actor))


def _about(record: Followed, actor: Actor) -> Q:
    """Entries on the record itself, on all that belongs to it, and on what measures that."""
    if isinstance(record, Plan | Theme | Organisation):
        actions, objectives = belonging(record)
        actions, objectives = actions.order_by(), objectives.order_by()
        about = Q(root_kind="plan.action", root_id__in=actions.values("pk"))
        about |= Q(root_kind="plan.objective", root_id__in=objectives.values("pk"))
        # By a tie to something internal nobody else learns that it is there.
        deeds = queries.actions(actor).filter(pk__in=actions.values("pk")).order_by().values("pk")
        goals = queries.objectives(actor).filter(pk__in=objectives.values("pk")).order_by().values("pk")
        links = IndicatorLink.objects.filter(Q(action__in=deeds) | Q(objective__in=goals)).order_by()
        about |= Q(root_kind=_INDICATOR, root_id__in=links.values("indicator"))
        if isinstance(record, Organisation):
            own = Indicator.objects.filter(organisation__path__startswith=record.path).order_by()
            about |= Q(root_kind=_INDICATOR, root_id__in=own.values("pk"))
        return about
    about = Q(root_kind=record._meta.label_lower, root_id=record.pk)
    if isinstance(record, Action | Objective):
        about |= Q(root_kind=_INDICATOR, root_id__in=measured.links_of(record, actor).order_by().values("indicator"))
    return about


def _since_published(window: list[AuditEntry], seen: dict[tuple[str, int], Told], actor: Actor) -> list[AuditEntry]:
    """Without what happened before a record, or its plan, was public, for readers who did not see it then.

    Of the deed that made it public only that is told: what a title was before is not.
    """
    outside = {key: r for key, r in seen.items() if not can_see_internal(actor, _place(r))}
    if not outside:
        return window
    since = _published_in(outside)
    kept = []
    for entry in window:
        first = since.get((entry.root_kind, entry.root_id), 0)
        if entry.pk < first:
            continue
        if entry.pk == first and entry.verb != "create":
            entry.changes = {"visibility": entry.changes["visibility"]} if "visibility" in entry.changes else {}
        kept.append(entry)
    return kept


def _place(record: Told) -> Subject:
    """Where the record is led, without its partners and contacts: to be one of those gives no past."""
    lead = record.organisation if isinstance(record, Indicator) else record.lead or record.plan.organisation
    return Subject("action", lead.path, lead.house)


def _published_in(records: dict[tuple[str, int], Told]) -> dict[tuple[str, int], int]:
    """The last entry that made the record or its plan public, by record: one query."""
    plans = Q(kind="plan.plan", record_id__in={_plan_of(record) for record in records.values()})
    own = Q(kind__in=("plan.action", "plan.objective", _INDICATOR), record_id__in={pk for _kind, pk in records})
    made_public = AuditEntry.objects.filter(plans | own, changes__visibility__1=Visibility.PUBLIC.value).order_by()
    found = {
        (kind, record_id): last
        for kind, record_id, last in made_public.values_list("kind", "record_id").annotate(Max("pk"))
    }
    return {
        key: max(found.get(key, 0), found.get(("plan.plan", _plan_of(record)), 0)) for key, record in records.items()
    }


def _plan_of(record: Told) -> int:
    """The plan whose publication made the record public too; 0 for an indicator, which belongs to none."""
    return 0 if isinstance(record, Indicator) else record.plan_id


def _told(
    window: list[AuditEntry], seen: dict[tuple[str, int], Told], limit: int, whole: bool, known: Sequence[Told] = ()
) -> Changes:
    told: list[Change] = []
    periods = _periods(window, known)
    last: AuditEntry | None = None
    for entry in window:
        found = seen.get((entry.root_kind, entry.root_id))
        part = None if found is None else _part(entry, found, periods)
        if part is None:
            continue
        if told and last is not None and _same_deed(last, entry):
            _merge(told[-1], part)
        elif len(told) == limit:
            return Changes(told, told[-1].id)
        else:
            told.append(part)
        last = entry
    return Changes(told, None if whole or not window else window[-1].pk)


def _same_deed(later: AuditEntry, earlier: AuditEntry) -> bool:
    same = (later.root_kind, later.root_id, later.actor_name) == (
        earlier.root_kind,
        earlier.root_id,
        earlier.actor_name,
    )
    born = earlier.verb == "create" and earlier.kind == earlier.root_kind
    return same and later.at - earlier.at <= SAME_DEED and not born


def _periods(window: Iterable[AuditEntry], known: Iterable[Told]) -> dict[tuple[str, int], str]:
    """The periods of the figures and targets told of, by their entry's record, as far as they still stand: two queries."""
    found: dict[tuple[str, int], str] = {}
    for record in known:
        if isinstance(record, Indicator):
            found |= {(_FIGURE, figure.pk): figure.period for figure in record.measurements.all()}
            found |= {(_TARGET, target.pk): target.period for target in record.targets.all()}
    for kind, model in ((_FIGURE, indicators.Measurement), (_TARGET, indicators.TargetPoint)):
        ids = {entry.record_id for entry in window if entry.kind == kind and (kind, entry.record_id) not in found}
        rows = model.objects.filter(pk__in=ids).values_list("pk", "period")
        found |= {(kind, pk): period for pk, period in rows}
    return found


def _figure(entry: AuditEntry, record: Told, periods: dict[tuple[str, int], str]) -> Change | None:
    """A figure or target that was given or changed; None where it was taken back since."""
    pair, period = entry.changes.get("value"), periods.get((entry.kind, entry.record_id))
    if not pair or period is None:
        return None
    what = "figure" if entry.kind == _FIGURE else "target"
    told = FigureTold(what, period, pair[1], pair[0] or "", entry.reason if pair[0] else "")
    return Change(entry.pk, entry.at, "report", record, {}, Text(), figures=[told])


def _part(entry: AuditEntry, record: Told, periods: dict[tuple[str, int], str]) -> Change | None:
    """What may be told of one entry, or None."""
    if entry.kind in {_FIGURE, _TARGET}:
        return _figure(entry, record, periods)
    if entry.kind == "plan.step":
        done = entry.changes.get("done_on")
        if not done or not done[1]:
            return None
        return Change(entry.pk, entry.at, "report", record, {}, Text(), [as_text(entry.label)])
    fields = {k: v for k, v in entry.changes.items() if k in TOLD_FIELDS}
    if not fields and entry.verb not in {"create", "report"}:
        return None
    news = fields.get("news", [None, None])[1] or {}
    return Change(entry.pk, entry.at, entry.verb, record, fields, Text(news))


def _merge(later: Change, earlier: Change) -> None:
    """Put an earlier part of the same deed into the later one."""
    later.id = earlier.id
    later.changes = {**earlier.changes, **later.changes}
    later.news = later.news or earlier.news
    later.steps = earlier.steps + later.steps
    later.figures = earlier.figures + later.figures
    later.verb = earlier.verb if earlier.verb == "report" else later.verb


def _visible(entries: Iterable[AuditEntry], actor: Actor, known: Iterable[Told] = ()) -> dict[tuple[str, int], Told]:
    found: dict[tuple[str, int], Told] = {(record._meta.label_lower, record.pk): record for record in known}
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if (entry.root_kind, entry.root_id) not in found:
            ids[entry.root_kind].add(entry.root_id)
    for action in queries.actions(actor).filter(pk__in=ids["plan.action"]):
        found["plan.action", action.pk] = action
    for objective in queries.objectives(actor).filter(pk__in=ids["plan.objective"]):
        found["plan.objective", objective.pk] = objective
    for indicator in indicators.queries.indicators(actor).filter(pk__in=ids[_INDICATOR]):
        found[_INDICATOR, indicator.pk] = indicator
    return found
