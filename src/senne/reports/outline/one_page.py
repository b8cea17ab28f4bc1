"""One page for board and council, or for a department or body: where it stands, what moved, what blocks, money, what next."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary, words
from senne.plan.api import picture as pictures
from senne.reports.blocks import Bar, Bars, Block, Heading, Items, Paragraph, Report, Table
from senne.reports.outline import wording
from senne.reports.outline.moved import moved_lines
from senne.reports.outline.yearly import key_figures, why

MOST_BLOCKERS, MOST_COMING, YEARS = 6, 5, 4


def one_page(
    now: pictures.Picture, before: pictures.Picture | None, language: str, source: str, organisation: str = ""
) -> Report:
    """The page of the whole plan, or of the part that an organisation and those below it lead. Inside `override`."""
    name = pictures.shown(now.name, language)
    title = f"{now.organisation_name(organisation, language)} · {name}" if organisation else name
    if organisation:
        now = summary.of_organisation(now, organisation)
        before = summary.of_organisation(before, organisation) if before else None
    page = summary.summarise(now)
    subtitle = _("State on %(date)s, on one page") % {"date": wording.today(now.day)}
    blocks = (
        *_standing(now, page, bool(organisation)),
        *_moved(now, before, language),
        *_blocking(page, now, language),
        *_money(page),
        *_coming(page, language),
    )
    return Report(title, subtitle, language, source, blocks, contents=False)


def _standing(now: pictures.Picture, page: summary.Summary, part: bool) -> Iterator[Block]:
    figures = key_figures(now, page)
    yield figures if not part else type(figures)(figures.pairs[:2] + figures.pairs[3:])
    tones = wording.TONES
    bars = tuple(
        Bar(str(words.Health(value).label), n, tones[value], str(n)) for value, n in page.objectives_by_health.items()
    )
    yield Bars(_("Objectives by health"), bars)
    yield wording.counts(_("Actions by status"), words.Status, page.by_status)


def _moved(now: pictures.Picture, before: pictures.Picture | None, language: str) -> Iterator[Block]:
    if before is None:
        return
    yield Heading(2, _("What moved since %(date)s") % {"date": wording.today(before.day)})
    lines = moved_lines(comparison.compare(before, now), now, before, language)
    yield Items(tuple(lines)) if lines else Paragraph(_("Nothing moved."))


def _blocking(page: summary.Summary, now: pictures.Picture, language: str) -> Iterator[Block]:
    yield Heading(2, _("What blocks"))
    if not page.blockers:
        yield Paragraph(_("Nothing is late."))
        return
    rows = tuple(
        (
            action.code,
            pictures.shown(action.title, language),
            now.organisation_name(action.lead, language) if action.lead else action.lead_text,
            why(action, language),
        )
        for action in page.blockers[:MOST_BLOCKERS]
    )
    header = (_("Code"), _("Action"), _("Lead"), _("Why"))
    yield Table(_("Late and suspended actions"), header, rows, wide=frozenset({1, 3}))
    if len(page.blockers) > MOST_BLOCKERS:
        yield Paragraph(_("And %(n)s more.") % {"n": len(page.blockers) - MOST_BLOCKERS}, quiet=True)


def _money(page: summary.Summary) -> Iterator[Block]:
    if not page.money:
        return
    yield Heading(2, _("Money"))
    rows = tuple(
        (
            str(m.year or _("no year")),
            wording.euros(m.planned, m.approximate),
            wording.euros(m.actual, m.approximate),
        )
        for m in page.money[-YEARS:]
    )
    caption = _("Planned and actual amounts by year")
    yield Table(caption, (_("Year"), _("Planned"), _("Actual")), rows, frozenset({1, 2}))


def _coming(page: summary.Summary, language: str) -> Iterator[Block]:
    yield Heading(2, _("What comes next"))
    if not page.coming:
        yield Paragraph(_("No step is due in the next four months."))
        return
    rows = tuple(
        (
            wording.day(coming.step.due),
            pictures.shown(coming.step.title, language),
            f"{coming.action.code} {pictures.shown(coming.action.title, language)}",
        )
        for coming in page.coming[:MOST_COMING]
    )
    yield Table(_("Steps due soon"), (_("Due"), _("Step"), _("Action")), rows, wide=frozenset({1, 2}))
