"""One page for board and council, or for a department or body: where it stands, what moved, what blocks, money, what next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary
from senne.plan.api import picture as pictures
from senne.reports.blocks import Block, Heading, Items, Paragraph, Report
from senne.reports.outline import measuring, parts, wording
from senne.reports.outline.moved import moved_lines
from senne.reports.outline.origin import Origin, source_line


@dataclass(frozen=True)
class Room:
    """How much fits: numbers of rows, letters of a title, lines of what moved."""

    blockers: int
    coming: int
    years: int
    letters: int
    moved: int
    own: int
    measured: int


# From plenty to the least: the first that fits on one sheet of paper is taken (writers/pdf.py).
ROOMS = (
    Room(8, 6, 4, 160, 4, 16, 8), Room(6, 5, 3, 110, 3, 10, 5), Room(4, 3, 2, 80, 2, 6, 3), Room(3, 2, 2, 55, 1, 3, 2),
    Room(2, 1, 1, 40, 1, 2, 0),
)  # fmt: skip
# On a screen: as much as a page that stays light can hold.
ON_SCREEN = Room(8, 6, 4, 160, 4, 8, 4)


def one_page(
    now: pictures.Picture,
    before: pictures.Picture | None,
    language: str,
    origin: Origin,
    organisation: str = "",
    room: Room = ON_SCREEN,
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
        *_moved(now, before, language, room),
        *_measured(now, language, room),
        *_blocking(page, now, language, room),
        *_own(now, language, organisation, room),
        *_money(page, room),
        *_coming(page, language, room),
    )
    return Report(
        wording.clip(title, 2 * room.letters),
        subtitle,
        language,
        source_line(origin, now, language),
        blocks,
        contents=False,
    )


def _standing(now: pictures.Picture, page: summary.Summary, part: bool) -> Iterator[Block]:
    if part and not page.actions and not page.objectives:
        yield Paragraph(_("This organisation leads no objective and no action of the plan."))
        return
    yield wording.key_figures(now, page, part)
    yield from parts.charts((parts.objectives_chart(page), parts.status_chart(page)))


def _moved(now: pictures.Picture, before: pictures.Picture | None, language: str, room: Room) -> Iterator[Block]:
    if before is None:
        return
    yield Heading(1, _("What moved since %(date)s") % {"date": wording.today(before.day)})
    lines = moved_lines(comparison.compare(before, now), language, room.moved)
    yield Items(tuple(lines)) if lines else Paragraph(_("Nothing moved."))


def _measured(now: pictures.Picture, language: str, room: Room) -> Iterator[Block]:
    """The indicators, those that are off their trajectory at the top, then how many of all stand where."""
    if not now.indicators:
        return
    yield Heading(1, _("Indicators"))
    if room.measured:
        found = measuring.urgent_first(now.indicators)
        yield measuring.short_table(found[: room.measured], language, room.letters)
    yield Paragraph(measuring.standing_line(now.indicators))


def _blocking(page: summary.Summary, now: pictures.Picture, language: str, room: Room) -> Iterator[Block]:
    if not page.actions:
        return
    yield Heading(1, _("What blocks"))
    if not page.blockers:
        yield Paragraph(_("Nothing is late."))
        return
    yield parts.blockers_table(page.blockers[: room.blockers], now, language, room.letters)
    if len(page.blockers) > room.blockers:
        yield Paragraph(_("And %(n)s more.") % {"n": len(page.blockers) - room.blockers}, quiet=True)


def _own(now: pictures.Picture, language: str, organisation: str, room: Room) -> Iterator[Block]:
    """For an organisation: its open actions, those that end first at the top."""
    going_on = [action for action in now.actions if action.is_open] if organisation else []
    if not going_on:
        return
    first = sorted(going_on, key=lambda action: (action.end or "9999", action.code))
    yield Heading(1, _("Open actions"))
    yield parts.action_table(first[: room.own], now, language, room.letters)
    if len(first) > room.own:
        yield Paragraph(_("And %(n)s more.") % {"n": len(first) - room.own}, quiet=True)


def _money(page: summary.Summary, room: Room) -> Iterator[Block]:
    if page.money:
        yield Heading(1, _("Money"))
        yield parts.money_table(page, room.years)


def _coming(page: summary.Summary, language: str, room: Room) -> Iterator[Block]:
    if not page.actions:
        return
    yield Heading(1, _("What comes next"))
    if not page.coming:
        yield Paragraph(_("No step is due in the next four months."))
        return
    yield parts.coming_table(page.coming[: room.coming], language, room.letters)
    if len(page.coming) > room.coming:
        yield Paragraph(_("And %(n)s more.") % {"n": len(page.coming) - room.coming}, quiet=True)
