"""The state of the plan for the college: a dozen slides and one or more per theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary, words
from senne.plan.api import picture as pictures
from senne.reports.blocks import Block, Deck, Items, Paragraph, Slide, Table
from senne.reports.outline import curves, measuring, parts, wording
from senne.reports.outline.moved import moved_figures, moved_lines
from senne.reports.outline.origin import Origin, origin_lines, source_line

Picture = pictures.Picture
MOST_BLOCKERS, MOST_COMING, LETTERS, YEARS = 14, 10, 130, 6
MOST_INDICATORS, MOST_CURVES = 5, 4


def college_deck(now: Picture, before: Picture | None, language: str, origin: Origin) -> Deck:
    """Inside `override(language)`. Without `before`, nothing is said of what moved."""
    page = summary.summarise(now)
    slides = [
        Slide(
            _("Where the plan stands"),
            (wording.key_figures(now, page), *parts.charts((parts.status_chart(page), parts.objectives_chart(page)))),
        ),
        *_moved(now, before, language),
        *_indicators(now, language),
        *_glance(now, language),
        *_blockers(page, now, language),
        *_not_monitored(now, language),
        *_money(page),
        *_coming(page, language),
        *(_theme(theme, now, language) for theme in now.themes),
        Slide(_("Where the figures come from"), (Items(origin_lines(origin, now, language)),)),
    ]
    subtitle = _("For the college · state on %(date)s") % {"date": wording.today(now.day)}
    return Deck(
        pictures.shown(now.name, language), subtitle, language, source_line(origin, now, language), tuple(slides)
    )


def _glance(now: Picture, language: str) -> Iterator[Slide]:
    if len(now.themes) > 1:
        yield Slide(_("Theme by theme"), (parts.theme_table(now, language),))


def _moved(now: Picture, before: Picture | None, language: str) -> Iterator[Slide]:
    if before is None:
        return
    found = comparison.compare(before, now)
    lines = moved_lines(found, language)
    blocks: tuple[Block, ...] = (Paragraph(_("Nothing moved.")),)
    if lines:
        blocks = (moved_figures(found), Items(tuple(lines)))
    yield Slide(_("What moved since %(date)s") % {"date": wording.today(before.day)}, blocks)


def _indicators(now: Picture, language: str) -> Iterator[Slide]:
    """How many are on their trajectory, those that are furthest from it, and how these went over time."""
    if not now.indicators:
        return
    found = measuring.urgent_first(now.indicators)
    table = measuring.short_table(found[:MOST_INDICATORS], language, LETTERS)
    yield Slide(_("Indicators"), (measuring.standing(found), table))
    drawn = [indicator for indicator in found if indicator in curves.key_ones(now)]
    if drawn:
        yield Slide(_("Indicators over time"), tuple(curves.curve(one, language) for one in drawn[:MOST_CURVES]))


def _blockers(page: summary.Summary, now: Picture, language: str) -> Iterator[Slide]:
    if not page.blockers:
        return
    blocks: list[Block] = [parts.blockers_table(page.blockers[:MOST_BLOCKERS], now, language, LETTERS)]
    if len(page.blockers) > MOST_BLOCKERS:
        left = len(page.blockers) - MOST_BLOCKERS
        blocks.append(Paragraph(_("And %(n)s more: see the yearly report.") % {"n": wording.count(left)}, quiet=True))
    yield Slide(_("What blocks"), tuple(blocks))


def _not_monitored(now: Picture, language: str) -> Iterator[Slide]:
    rows = tuple(
        (o.code, wording.clip(pictures.shown(o.statement, language), LETTERS), wording.missing(o.missing))
        for o in now.objectives
        if not o.monitored
    )
    if rows:
        header = (_("Code"), _("Objective"), _("Missing"))
        table = Table(_("Objectives not monitored"), header, rows, wide=frozenset({1, 2}))
        yield Slide(_("Objectives that are not monitored yet"), (table,))


def _money(page: summary.Summary) -> Iterator[Slide]:
    if page.money:
        yield Slide(_("Money"), (parts.money_table(page, YEARS),))


def _coming(page: summary.Summary, language: str) -> Iterator[Slide]:
    if page.coming:
        yield Slide(_("What comes next"), (parts.coming_table(page.coming[:MOST_COMING], language, LETTERS),))


def _theme(theme: pictures.PartPicture, now: Picture, language: str) -> Slide:
    part = summary.of_theme(now, theme.code)
    rows = []
    for objective in part.objectives:
        health = summary.objective_health(objective, part.actions)
        rows.append(
            (
                objective.code,
                wording.clip(pictures.shown(objective.statement, language), LETTERS),
                _("yes") if objective.monitored else _("no"),
                str(words.Health(health).label) if health else wording.NONE,
                wording.percent(objective.progress),
            )
        )
    blocks: list[Block] = []
    if theme.description:
        blocks.append(Paragraph(wording.clip(pictures.shown(theme.description, language), 3 * LETTERS)))
    if rows:
        blocks.append(wording.key_figures(replace(part, progress=theme.progress), summary.summarise(part)))
        header = (_("Code"), _("Objective"), _("Monitored"), _("Health"), _("Progress"))
        blocks.append(Table(_("Objectives"), header, tuple(rows), frozenset({4}), frozenset({1})))
    else:
        blocks.append(Paragraph(_("This theme has no objective yet.")))
    return Slide(pictures.shown(theme.name, language), tuple(blocks))
