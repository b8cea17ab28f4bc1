"""Decks: the state of the plan for the college, and the plan in a quarter of an hour for staff and newcomers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary, words
from senne.plan.api import picture as pictures
from senne.reports.blocks import Bar, Bars, Block, Deck, Items, Paragraph, Slide, Table
from senne.reports.outline import wording
from senne.reports.outline.moved import moved_lines
from senne.reports.outline.yearly import key_figures, why

Picture = pictures.Picture
ROWS = 7
TARGETS = 6


def college_deck(now: Picture, before: Picture | None, language: str, source: str) -> Deck:
    """A dozen slides and one per theme. Inside `override(language)`."""
    page = summary.summarise(now)
    slides = [
        Slide(_("Where the plan stands"), (key_figures(now, page), _by_status(page), _by_health(page))),
        Slide(_("Progress by theme"), (_theme_bars(now, language),)),
        *_moved(now, before, language),
        *_blockers(page, now, language),
        *_money(page),
        *(_theme(theme, now, language) for theme in now.themes),
        *_coming(page, language),
    ]
    subtitle = _("State on %(date)s") % {"date": wording.today(now.day)}
    return Deck(pictures.shown(now.name, language), subtitle, language, source, tuple(slides))


def quarter_hour_deck(now: Picture, language: str, source: str) -> Deck:
    """The climate plan in 15 minutes: why, what, where it stands, what happens in each field, what I can do."""
    page = summary.summarise(now)
    slides = [
        Slide(
            _("What the City wants"),
            (Paragraph(pictures.shown(now.description, language)), Items(tuple(_targets(now, language)))),
            _("Two minutes. The targets are those of the plan; nobody has to know them by heart."),
        ),
        Slide(
            _("Ten minutes from now you know…"),
            (
                Items(
                    (
                        _("which fields the plan works on"),
                        _("where it stands today"),
                        _("what your own department does"),
                        _("where to look for the rest"),
                    )
                ),
            ),
        ),
        Slide(_("The fields of the plan"), (_theme_bars(now, language),), _("One sentence each; ask who works where.")),
        Slide(_("Where it stands today"), (key_figures(now, page), _by_status(page))),
        *_good_news(now, language),
        *_departments(now, language),
        *_coming(page, language),
        Slide(
            _("Where to look"),
            (
                Items(
                    (
                        _("The public site shows every objective and every action, as it stands today."),
                        _("In the workspace, “My work” shows what you can report, in two minutes."),
                        _("A question? The climate coordination answers every message."),
                    )
                ),
            ),
        ),
    ]
    subtitle = _("in 15 minutes · state on %(date)s") % {"date": wording.today(now.day)}
    return Deck(pictures.shown(now.name, language), subtitle, language, source, tuple(slides))


def _by_status(page: summary.Summary) -> Bars:
    return wording.counts(_("Actions by status"), words.Status, page.by_status)


def _by_health(page: summary.Summary) -> Bars:
    return wording.counts(_("Health of the actions that are not finished"), words.Health, page.by_health)


def _theme_bars(now: Picture, language: str) -> Bars:
    bars = tuple(
        Bar(pictures.shown(t.name, language), (t.progress or 0) / 10, "calm", wording.percent(t.progress))
        for t in now.themes
    )
    return Bars(_("Progress by theme"), bars)


def _targets(now: Picture, language: str) -> Iterator[str]:
    """A few objectives with a figure, from different themes."""
    seen: set[str] = set()
    themes = {axis.code: axis.parent for axis in now.axes}
    for objective in now.objectives:
        theme = themes.get(objective.axis, "")
        if objective.target is not None and theme not in seen and len(seen) < TARGETS:
            seen.add(theme)
            yield pictures.shown(objective.statement, language)


def _moved(now: Picture, before: Picture | None, language: str) -> Iterator[Slide]:
    if before is None:
        return
    lines = moved_lines(comparison.compare(before, now), now, before, language)
    blocks: tuple[Block, ...] = (Items(tuple(lines)),) if lines else (Paragraph(_("Nothing moved.")),)
    yield Slide(_("What moved since %(date)s") % {"date": wording.today(before.day)}, blocks)


def _blockers(page: summary.Summary, now: Picture, language: str) -> Iterator[Slide]:
    rows = tuple(
        (action.code, pictures.shown(action.title, language), why(action, language))
        for action in page.blockers[: 2 * ROWS]
    )
    yield from _tables(_("What blocks"), (_("Code"), _("Action"), _("Why")), rows, frozenset({1, 2}))


def _tables(
    title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], wide: frozenset[int]
) -> Iterator[Slide]:
    """As many slides as the rows need."""
    for start in range(0, len(rows), ROWS):
        yield Slide(title, (Table(title, header, rows[start : start + ROWS], wide=wide),))


def _money(page: summary.Summary) -> Iterator[Slide]:
    rows = tuple(
        (str(m.year or _("no year")), wording.euros(m.planned, m.approximate), wording.euros(m.actual, m.approximate))
        for m in page.money
    )
    if rows:
        header = (_("Year"), _("Planned"), _("Actual"))
        yield Slide(_("Money"), (Table(_("Money"), header, rows[-ROWS:], frozenset({1, 2})),))


def _theme(theme: pictures.PartPicture, now: Picture, language: str) -> Slide:
    axes = {axis.code for axis in now.axes if axis.parent == theme.code}
    rows = tuple(
        (
            objective.code,
            pictures.shown(objective.statement, language),
            _("yes") if objective.monitored else _("no"),
            wording.percent(objective.progress),
        )
        for objective in now.objectives
        if objective.axis in axes
    )
    header = (_("Code"), _("Objective"), _("Monitored"), _("Progress"))
    vision = Paragraph(pictures.shown(theme.description, language))
    table = Table(_("Objectives"), header, rows[:ROWS], frozenset({3}), frozenset({1}))
    return Slide(f"{pictures.shown(theme.name, language)} · {wording.percent(theme.progress)}", (vision, table))


def _good_news(now: Picture, language: str) -> Iterator[Slide]:
    told = sorted((a for a in now.actions if a.news and a.last_reported_on), key=lambda a: a.last_reported_on)
    lines = [
        f"{pictures.shown(action.title, language)}: {pictures.shown(action.news, language)}"
        for action in reversed(told[-6:])
    ]
    if lines:
        yield Slide(_("What happened lately"), (Items(tuple(lines)),))


def _departments(now: Picture, language: str) -> Iterator[Slide]:
    counts: dict[str, int] = {}
    for action in now.actions:
        if action.lead and action.is_open:
            counts[action.lead] = counts.get(action.lead, 0) + 1
    busiest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:10]
    bars = tuple(Bar(now.organisation_name(code, language), n, "calm", str(n)) for code, n in busiest)
    if bars:
        yield Slide(_("Who works on it"), (Bars(_("Open actions by lead organisation"), bars),))


def _coming(page: summary.Summary, language: str) -> Iterator[Slide]:
    rows = tuple(
        (wording.day(c.step.due), pictures.shown(c.step.title, language), pictures.shown(c.action.title, language))
        for c in page.coming[:ROWS]
    )
    if rows:
        yield Slide(
            _("What comes next"),
            (Table(_("Steps due soon"), (_("Due"), _("Step"), _("Action")), rows, wide=frozenset({1, 2})),),
        )
