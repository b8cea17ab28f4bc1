"""Blocks that several reports share: charts of a plan, tables of actions and blockers, money, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from senne.plan.api import picture as pictures
from senne.plan.api import summary, words
from senne.reports.blocks import Bar, Bars, Block, Heading, Items, Paragraph, Table
from senne.reports.outline import measuring, wording

Picture = pictures.Picture
WHOLE = 1000


def status_chart(page: summary.Summary) -> Bars:
    return wording.counts(_("Actions by status"), words.Status, page.by_status)


def health_chart(page: summary.Summary) -> Bars:
    return wording.counts(_("Health of the actions that are not finished"), words.Health, page.by_health)


def freshness_chart(page: summary.Summary) -> Bars:
    return wording.counts(_("How fresh the news are"), words.Freshness, page.by_freshness)


def objectives_chart(page: summary.Summary) -> Bars:
    return wording.counts(_("Objectives by health"), words.Health, page.objectives_by_health)


def theme_chart(now: Picture, language: str) -> Bars:
    bars = (
        Bar(pictures.shown(theme.name, language), theme.progress or 0, "calm", wording.percent(theme.progress))
        for theme in now.themes
    )
    return Bars(_("Progress by theme"), tuple(bars), WHOLE)


def charts(found: Iterable[Bars]) -> Iterator[Block]:
    """Those that show something: a chart of nothing is left out."""
    return (chart for chart in found if not chart.is_empty)


def theme_table(now: Picture, language: str) -> Table:
    """Themes as rows: what is monitored, what is done, what is late."""
    rows = []
    for theme in now.themes:
        page = summary.summarise(summary.of_theme(now, theme.code))
        rows.append(
            (
                pictures.shown(theme.name, language),
                wording.of(page.monitored, page.objectives),
                wording.count(page.actions),
                wording.count(page.by_status["done"]),
                wording.count(page.by_health["late"]),
                wording.percent(theme.progress),
            )
        )
    header = (_("Theme"), _("Objectives monitored"), _("Actions"), _("Done"), _("Late"), _("Progress"))
    return Table(_("The themes at a glance"), header, tuple(rows), frozenset({1, 2, 3, 4, 5}), frozenset({0}))


def money_rows(page: summary.Summary) -> list[tuple[str, str, str]]:
    """(year, planned, actual) of each year that has an amount, and their sum where there are several."""
    rows = [(str(m.year or _("no year")), *_amounts(m.planned, m.actual, m.approximate)) for m in page.money]
    if len(page.money) > 1:
        planned, actual = (
            sum((m.planned for m in page.money), Decimal(0)),
            sum((m.actual for m in page.money), Decimal(0)),
        )
        rows.append((_("All years"), *_amounts(planned, actual, any(m.approximate for m in page.money))))
    return rows


def _amounts(planned: Decimal, actual: Decimal, approximate: bool) -> tuple[str, str]:
    return tuple(wording.euros(amount, approximate) if amount else wording.NONE for amount in (planned, actual))  # type: ignore[return-value]


def money_table(page: summary.Summary, most: int = 0) -> Table:
    """Planned and actual amounts by year (the latest `most` of them, with the sum of all)."""
    rows = money_rows(page)
    shown = rows[-(most + 1) :] if most and len(rows) > most + 1 else rows
    header = (_("Year"), _("Planned"), _("Actual"))
    caption = _("Planned and actual amounts by year")
    return Table(caption, header, tuple(shown), frozenset({1, 2}), totals=len(page.money) > 1)


def action_table(
    actions: Sequence[pictures.ActionPicture], now: Picture, language: str, most_letters: int = 0
) -> Table:
    """Actions as rows."""
    header = (_("Code"), _("Action"), _("Lead"), _("Status"), _("Health"), _("Progress"), _("End"))
    rows = tuple(
        (
            action.code,
            _title(action, language, most_letters),
            wording.lead(action, now, language),
            wording.status_of(action),
            wording.health(action),
            wording.percent(action.progress),
            wording.short_period(action),
        )
        for action in actions
    )
    return Table(
        _("Actions"), header, rows, frozenset({5}), frozenset({1, 2}), {0: "action"}, spare=frozenset({2, 4, 6})
    )


def _title(action: pictures.ActionPicture, language: str, most_letters: int) -> str:
    title = pictures.shown(action.title, language)
    return wording.clip(title, most_letters) if most_letters else title


def blockers_table(
    blockers: Sequence[pictures.ActionPicture], now: Picture, language: str, most_letters: int = 0
) -> Table:
    """Late and suspended actions with who leads them and why they stand still."""
    header = (_("Code"), _("Action"), _("Lead"), _("Why"))
    rows = []
    for action in blockers:
        reason = wording.why(action, language) or wording.NONE
        rows.append(
            (
                action.code,
                _title(action, language, most_letters),
                wording.lead(action, now, language),
                wording.clip(reason, most_letters) if most_letters else reason,
            )
        )
    caption = _("Late and suspended actions")
    return Table(caption, header, tuple(rows), wide=frozenset({1, 2, 3}), links={0: "action"}, spare=frozenset({2}))


def coming_table(coming: Sequence[summary.Coming], language: str, most_letters: int = 0) -> Table:
    """Steps that are due soon, the nearest first."""
    rows = tuple(
        (
            wording.short_day(found.step.due),
            wording.clip(pictures.shown(found.step.title, language), most_letters or 10_000),
            found.action.code,
            _title(found.action, language, most_letters),
        )
        for found in coming
    )
    header = (_("Due"), _("Step"), _("Code"), _("Action"))
    return Table(_("Steps due soon"), header, rows, wide=frozenset({1, 3}), links={2: "action"}, spare=frozenset({3}))


def objective_blocks(objective: pictures.ObjectivePicture, now: Picture, language: str) -> Iterator[Block]:
    """An objective: what it wants, whether it is monitored, its actions, what their owners say."""
    yield Heading(3, wording.named(objective.code, objective.statement, language))
    yield from objective_state(objective, now, language)


def objective_state(objective: pictures.ObjectivePicture, now: Picture, language: str) -> Iterator[Block]:
    """The same without its name."""
    if target := wording.target(objective.target, language):
        yield Paragraph(target)
    yield Paragraph(monitored_line(objective, now, language), quiet=True)
    if measured := measuring.of_objective(now, objective.code):
        yield Items(tuple(measuring.line(indicator, language) for indicator in measured), _("Indicators"))
    actions = [action for code in objective.actions if (action := now.action(code))]
    if actions:
        yield action_table(actions, now, language)
    if news := news_of(actions, language):
        yield Items(tuple(news), _("What those in charge say"))


def monitored_line(objective: pictures.ObjectivePicture, now: Picture, language: str) -> str:
    """'Monitored. Lead: Roads. Progress: 34 %.'"""
    state = _("Monitored.")
    if not objective.monitored:
        state = _("Not monitored: %(why)s.") % {"why": wording.missing(objective.missing)}
    parts = [state]
    if objective.lead:
        parts.append(_("Lead: %(name)s.") % {"name": now.organisation_name(objective.lead, language)})
    if objective.progress is not None:
        parts.append(_("Progress: %(share)s.") % {"share": wording.percent(objective.progress)})
    return " ".join(parts)


def news_of(actions: Iterable[pictures.ActionPicture], language: str) -> list[str]:
    """'EN-02: nine roofs are done', with the day of the report."""
    found = []
    for action in actions:
        if action.news:
            told = wording.said(action.code, pictures.shown(action.news, language))
            day = wording.day(action.last_reported_on)
            found.append(f"{told} ({day})" if day else told)
    return found
