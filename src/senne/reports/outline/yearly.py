"""The yearly report: in short, what moved, money, theme by theme, what is late and why, who does what, how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary
from senne.plan.api import picture as pictures
from senne.reports.blocks import Bar, Bars, Block, Heading, Items, NewPage, Paragraph, Report, Table
from senne.reports.outline import curves, measuring, parts, wording
from senne.reports.outline.moved import moved_blocks
from senne.reports.outline.origin import Origin, origin_lines, source_line

Picture = pictures.Picture


def yearly_report(now: Picture, before: Picture | None, language: str, origin: Origin) -> Report:
    """The whole report. Call inside `override(language)`. Without `before`, nothing is said of what moved."""
    page = summary.summarise(now)
    blocks = [
        *_in_short(now, page, language),
        *_moved(now, before, language),
        *_indicators(now, language),
        *_money(now, page, language),
        *_themes(now, language),
        *_late(page, now, language),
        *_not_monitored(now, language),
        *_untied(now, language),
        *_organisations(now, language),
        *_method(now, language, origin),
    ]
    subtitle = _("Yearly report · state on %(date)s") % {"date": wording.today(now.day)}
    source = source_line(origin, now, language)
    return Report(pictures.shown(now.name, language), subtitle, language, source, tuple(blocks))


def _in_short(now: Picture, page: summary.Summary, language: str) -> Iterator[Block]:
    yield Heading(1, _("In short"))
    if now.description:
        yield Paragraph(pictures.shown(now.description, language))
    yield Paragraph(
        _("The plan holds %(objectives)s and %(actions)s. An objective is monitored when somebody answers for it, "
          "something serves it, and there has been news within the year.")
        % {"objectives": wording.objectives(page.objectives), "actions": wording.actions(page.actions)}
    )  # fmt: skip
    yield wording.key_figures(now, page)
    yield from parts.charts((parts.status_chart(page), parts.health_chart(page), parts.objectives_chart(page)))
    if len(now.themes) > 1:
        yield parts.theme_table(now, language)
    yield from parts.charts((parts.theme_chart(now, language), parts.freshness_chart(page)))


def _moved(now: Picture, before: Picture | None, language: str) -> Iterator[Block]:
    if before is None:
        return
    yield NewPage()
    yield Heading(1, _("What moved since %(date)s") % {"date": wording.today(before.day)})
    yield from moved_blocks(comparison.compare(before, now), language)


def _indicators(now: Picture, language: str) -> Iterator[Block]:
    """What is measured: counts, figures and targets, and a chart of each indicator that measures an objective."""
    if not now.indicators:
        return
    yield NewPage()
    yield Heading(1, _("Indicators"))
    yield Paragraph(
        _("What the city measures to know whether the plan works. The trajectory is the straight line from the baseline to "
          "each target; “expected by then” is what it asks for at the time of the latest figure.")
    )  # fmt: skip
    yield measuring.standing(now.indicators)
    yield measuring.whole_table(now.indicators, language)
    if drawn := curves.key_ones(now):
        yield Heading(2, _("Over time"))
        yield from (curves.curve(indicator, language) for indicator in drawn)


def _money(now: Picture, page: summary.Summary, language: str) -> Iterator[Block]:
    if not page.money:
        return
    yield NewPage()
    yield Heading(1, _("Money"))
    yield Paragraph(
        _("Amounts as they were reported, in euro; ± where at least one of them is approximate."), quiet=True
    )
    yield parts.money_table(page)
    bars = []
    for money in page.money:
        year = str(money.year or _("no year"))
        for amount, label, tone in ((money.planned, _("planned"), "calm"), (money.actual, _("actual"), "good")):
            bars.append(Bar(f"{year} · {label}", float(amount), tone, wording.euros(amount, money.approximate)))
    if len(page.money) > 1:
        yield Bars(_("Money by year"), tuple(bars))
    rows = []
    for theme in now.themes:
        found = parts.money_rows(summary.summarise(summary.of_theme(now, theme.code)))
        if found:
            rows.append((pictures.shown(theme.name, language), *found[-1][1:]))
    if len(rows) > 1:
        header = (_("Theme"), _("Planned"), _("Actual"))
        yield Paragraph(_("By theme; an action that serves two themes counts in both."), quiet=True)
        yield Table(_("Money by theme, all years"), header, tuple(rows), frozenset({1, 2}), frozenset({0}))


def _themes(now: Picture, language: str) -> Iterator[Block]:
    for theme in now.themes:
        part = summary.of_theme(now, theme.code)
        figures = wording.key_figures(replace(part, progress=theme.progress), summary.summarise(part))
        yield NewPage()
        yield Heading(1, pictures.shown(theme.name, language))
        if theme.description:
            yield Paragraph(pictures.shown(theme.description, language))
        if not part.objectives:
            yield Paragraph(_("This theme has no objective yet."))
            continue
        yield figures
        for axis in part.axes:
            objectives = [objective for objective in part.objectives if objective.axis == axis.code]
            if objectives:
                yield Heading(2, wording.named(axis.code, axis.name, language))
            for objective in objectives:
                yield from parts.objective_blocks(objective, now, language)


def _late(page: summary.Summary, now: Picture, language: str) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, _("What is late or suspended, and why"))
    if not page.blockers:
        yield Paragraph(_("Nothing is late."))
        return
    yield parts.blockers_table(page.blockers, now, language)


def _not_monitored(now: Picture, language: str) -> Iterator[Block]:
    lacking = [objective for objective in now.objectives if not objective.monitored]
    yield Heading(1, _("Objectives that are not monitored yet"))
    if not lacking:
        yield Paragraph(_("All objectives are monitored.") if now.objectives else _("The plan has no objective yet."))
        return
    rows = tuple(
        (
            o.code,
            pictures.shown(o.statement, language),
            now.organisation_name(o.lead, language) if o.lead else wording.NONE,
            wording.missing(o.missing),
        )
        for o in lacking
    )
    header = (_("Code"), _("Objective"), _("Lead"), _("Missing"))
    yield Table(_("Objectives not monitored"), header, rows, wide=frozenset({1, 2, 3}), links={0: "objective"})


def _untied(now: Picture, language: str) -> Iterator[Block]:
    """Actions that no objective of the plan names: told, so that the report holds every action."""
    tied = {code for objective in now.objectives for code in objective.actions}
    rest = [action for action in now.actions if action.code not in tied]
    if rest:
        yield Heading(1, _("Actions that serve no objective of this plan"))
        yield parts.action_table(rest, now, language)


def _organisations(now: Picture, language: str) -> Iterator[Block]:
    going_on = [a for a in now.actions if not a.merged_into and not a.superseded_by]
    if not going_on:
        return
    led = sorted(
        going_on, key=lambda a: (wording.lead(a, now, language) == wording.NONE, wording.lead(a, now, language))
    )
    rows = []
    for name, group in groupby(led, key=lambda action: wording.lead(action, now, language)):
        actions = list(group)
        late = sum(action.is_open and action.health == "late" for action in actions)
        done = sum(action.status == "done" for action in actions)
        shown = _("No lead yet") if name == wording.NONE else name
        rows.append((shown, wording.count(len(actions)), wording.count(done), wording.count(late)))
    yield Heading(1, _("Who does what"))
    header = (_("Organisation"), _("Actions"), _("Done"), _("Late"))
    yield Table(_("Actions by lead organisation"), header, tuple(rows), frozenset({1, 2, 3}), frozenset({0}))


def _method(now: Picture, language: str, origin: Origin) -> Iterator[Block]:
    yield Heading(1, _("How the figures were made"))
    yield Items(
        (
            _("An objective is monitored when a person in post owns it, at least one action or indicator serves it, and "
              "there has been news within the year."),
            _("Status is where delivery stands, as those in charge say; phase is how mature the action is, from idea to "
              "use."),
            _("Health: to watch from the day after a step was due, or the start passed without starting, or while "
              "suspended; late from 60 days after that step was due, or from the day after the end."),
            _("Health of an objective: late where half or more of its open actions, by weight, are late; to watch where "
              "one of them is late or to watch; else on track."),
            _("Progress: the share of steps done, else by phase; averages upwards by weight."),
        )
    )  # fmt: skip
    if now.indicators:
        yield Paragraph(measuring.rule())
        yield measuring.sources_table(now.indicators, now, language)
    yield Heading(2, _("Where they come from"))
    yield Items(origin_lines(origin, now, language))
