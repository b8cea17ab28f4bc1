"""Everything of a plan as sheets with real numbers and dates: to count, to sort, to draw from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from senne.core.periods import PartialDate, parse_partial
from senne.plan.api import comparison, summary, words
from senne.plan.api import picture as pictures
from senne.reports.blocks import Cell, Share, Sheet, Workbook
from senne.reports.outline import measured_sheets, wording
from senne.reports.outline.moved import field_rows, labels
from senne.reports.outline.origin import Origin, origin_lines, source_line

Picture = pictures.Picture
Row = tuple[Cell | Share, ...]


def workbook(now: Picture, before: Picture | None, language: str, origin: Origin) -> Workbook:
    """Sheets: summary, themes, axes, objectives, actions, indicators, figures, steps, budget, organisations, what moved.
    Inside `override`."""
    sheets = [
        _summary(now, before, language, origin),
        *_parts(now, language),
        _objectives(now, language),
        _actions(now, language),
        measured_sheets.indicator_sheet(now, language),
        measured_sheets.figure_sheet(now, language),
        _steps(now, language),
        _budget(now, language),
        _organisations(now, language),
        *_moved(now, before),
    ]
    title = f"{pictures.shown(now.name, language)} · {wording.today(now.day)}"
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    return Workbook(title, language, source_line(origin, now, language), filled)


def _date(iso: str) -> PartialDate | None:
    return parse_partial(iso) if iso else None


def _summary(now: Picture, before: Picture | None, language: str, origin: Origin) -> Sheet:
    page = summary.summarise(now)
    rows: list[Row] = [
        (_("Plan"), pictures.shown(now.name, language)),
        (_("State on"), parse_partial(now.day)),
        *[(_("Source"), line) for line in origin_lines(origin, now, language)],
        (_("Objectives"), page.objectives),
        (_("Objectives monitored"), page.monitored),
        (_("Progress"), Share(now.progress)),
        (_("Actions"), page.actions),
    ]
    for kind, counts in ((words.Status, page.by_status), (words.Health, page.by_health)):
        rows += [(wording.said(_("Actions"), str(kind(value).label)), n) for value, n in counts.items()]
    for value, n in page.objectives_by_health.items():
        rows.append((wording.said(_("Objectives"), str(words.Health(value).label)), n))
    if now.indicators:
        rows += measured_sheets.counts(now)
    for money in page.money:
        year = str(money.year or _("no year"))
        rows += [
            (wording.said(_("Planned, EUR"), year), money.planned),
            (wording.said(_("Actual, EUR"), year), money.actual),
        ]
    if before is not None:
        found = comparison.compare(before, now)
        rows.append((_("Compared with the state on"), parse_partial(before.day)))
        rows += [(label, len(found.summary[key])) for key, label in labels().items() if key in found.summary]
    return Sheet(_("Summary"), (_("What"), _("Figure")), tuple(rows))


def _parts(now: Picture, language: str) -> Iterator[Sheet]:
    header = (
        _("Code"),
        _("Theme"),
        _("Vision"),
        _("Objectives"),
        _("Objectives monitored"),
        _("Actions"),
        _("Progress"),
    )
    rows = []
    for theme in now.themes:
        page = summary.summarise(summary.of_theme(now, theme.code))
        name, vision = pictures.shown(theme.name, language), pictures.shown(theme.description, language)
        rows.append((theme.code, name, vision, page.objectives, page.monitored, page.actions, Share(theme.progress)))
    yield Sheet(_("Themes"), header, tuple(rows))
    axis_header = (_("Code"), _("Axis"), _("Theme"), _("Objectives"), _("Progress"))
    axes = []
    for axis in now.axes:
        count = sum(objective.axis == axis.code for objective in now.objectives)
        axes.append((axis.code, pictures.shown(axis.name, language), axis.parent, count, Share(axis.progress)))
    yield Sheet(_("Axes"), axis_header, tuple(axes))


def _objectives(now: Picture, language: str) -> Sheet:
    header = (
        _("Code"), _("Axis"), _("Objective"), _("Description"), _("Lead"), _("Monitored"), _("Missing"), _("Health"),
        _("Progress"), _("Horizon"), _("Measured by"), _("Baseline"), _("Year of the baseline"), _("Target"), _("Unit"),
        _("Year of the target"), _("Last news"), _("Actions"), _("Visibility"),
    )  # fmt: skip
    return Sheet(_("Objectives"), header, tuple(_objective(o, now, language) for o in now.objectives))


def _objective(o: pictures.ObjectivePicture, now: Picture, language: str) -> Row:
    health = summary.objective_health(o, now.actions)
    t = o.target
    target: Row = (None, None, None, None, None, None)
    if t is not None:
        base = Decimal(t.baseline_value) if t.baseline_value else None
        target = (pictures.shown(t.quantity, language), base, t.baseline_year, Decimal(t.value), t.unit, t.year)
    return (
        o.code, o.axis, pictures.shown(o.statement, language), pictures.shown(o.description, language),
        _organisation(o.lead, now, language), _("yes") if o.monitored else _("no"), wording.missing(o.missing),
        str(words.Health(health).label) if health else None, Share(o.progress), o.horizon, *target, _date(o.last_news),
        ", ".join(o.actions), wording.word("visibility", o.visibility),
    )  # fmt: skip


def _organisation(code: str, now: Picture, language: str) -> str:
    return now.organisation_name(code, language) if code else ""


def _list(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _actions(now: Picture, language: str) -> Sheet:
    header = (
        _("Code"), _("Action"), _("Description"), _("Expected effect"), _("Objectives served"), _("Lead"), _("Partners"),
        _("Status"), _("Reason of the status"), _("Phase"), _("Health"), _("Why"), _("Progress"), _("Start"), _("End"),
        _("Continuous"), _("Last report"), _("Freshness"), _("Where it stands"), _("Planned, EUR"), _("Actual, EUR"),
        _("Characteristics"), _("Tags"), _("Goes on as"), _("Visibility"),
    )  # fmt: skip
    return Sheet(_("Actions"), header, tuple(_action(a, now, language) for a in now.actions))


def _action(a: pictures.ActionPicture, now: Picture, language: str) -> Row:
    def words_of(codes: list[str], known: dict[str, pictures.Text]) -> str:
        return _list(pictures.shown(known.get(code, {}), language) or code for code in codes)

    return (
        a.code, pictures.shown(a.title, language), pictures.shown(a.description, language),
        pictures.shown(a.expected_effect, language), _list(ref.replace(":", " ") for ref in a.objectives),
        wording.lead(a, now, language), _list(_organisation(code, now, language) for code in a.partners),
        wording.status(a.status), pictures.shown(a.status_reason, language), wording.word("phase", a.phase),
        wording.health(a), wording.why(a, language) if a.is_open else "", Share(a.progress), _date(a.start), _date(a.end),
        _("yes") if a.continuous else "", _date(a.last_reported_on),
        wording.word("freshness", a.freshness) if a.is_open else "", pictures.shown(a.news, language),
        _sum(a, "planned"), _sum(a, "actual"), words_of(a.characteristics, now.characteristics),
        words_of(a.tags, now.tags), a.merged_into or a.superseded_by, wording.word("visibility", a.visibility),
    )  # fmt: skip


def _sum(action: pictures.ActionPicture, kind: str) -> Decimal | None:
    amounts = [Decimal(line.amount) for line in action.budget if line.unit == "EUR" and line.kind == kind]
    return sum(amounts, Decimal(0)) if amounts else None


def _steps(now: Picture, language: str) -> Sheet:
    rows = tuple(
        (action.code, number, pictures.shown(step.title, language), _date(step.due), _date(step.done))
        for action in now.actions
        for number, step in enumerate(action.steps, 1)
    )
    return Sheet(_("Steps"), (_("Action"), _("Step no."), _("Step"), _("Due"), _("Done on")), rows)


def _budget(now: Picture, language: str) -> Sheet:
    header = (
        _("Action"), _("Year"), _("Nature"), _("Planned or actual"), _("Amount"), _("Unit"), _("Approximate"), _("Funder")
    )  # fmt: skip
    rows = tuple(
        (
            action.code, line.year, wording.word("nature", line.nature), wording.word("kind", line.kind),
            Decimal(line.amount), wording.word("unit", line.unit), _("yes") if line.approximate else "",
            _organisation(line.funder, now, language),
        )
        for action in now.actions
        for line in action.budget
    )  # fmt: skip
    return Sheet(_("Budget"), header, rows)


def _organisations(now: Picture, language: str) -> Sheet:
    rows = []
    for unit in now.organisations:
        led = [a for a in now.actions if a.lead == unit.code and not a.merged_into and not a.superseded_by]
        done = sum(action.status == "done" for action in led)
        late = sum(action.is_open and action.health == "late" for action in led)
        name, above = pictures.shown(unit.name, language), _organisation(unit.parent, now, language)
        rows.append((unit.code, name, above, len(led), done, late))
    header = (_("Code"), _("Organisation"), _("Part of"), _("Actions led"), _("Done"), _("Late"))
    return Sheet(_("Organisations"), header, tuple(rows))


def _moved(now: Picture, before: Picture | None) -> Iterator[Sheet]:
    if before is not None:
        header = (_("Code"), _("Name"), _("What changed"), _("Before"), _("After"))
        rows = tuple(field_rows(comparison.compare(before, now), before, now))
        yield Sheet(_("What moved"), header, rows)
