"""One-page sheets: of an action, of an objective."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from senne.plan.api import picture as pictures
from senne.plan.api import words
from senne.reports.blocks import Block, Heading, Items, Paragraph, Report, Table
from senne.reports.outline import curves, measuring, parts, wording
from senne.reports.outline.origin import Origin, source_line

Picture = pictures.Picture


@dataclass(frozen=True)
class Room:
    """How much fits: letters of each text and title, rows of each table."""

    letters: int
    title: int
    rows: int
    curves: int


# From plenty to the least: the first that fits on one sheet of paper is taken (writers/pdf.py).
ROOMS = (Room(4000, 400, 25, 2), Room(1500, 300, 14, 2), Room(700, 160, 8, 0), Room(300, 90, 4, 0))


def action_sheet(
    now: Picture, action: pictures.ActionPicture, language: str, origin: Origin, room: Room = ROOMS[0]
) -> Report:
    """All that the picture knows of one action, and as much of it as fits. Inside `override(language)`."""
    title = wording.clip(wording.named(action.code, action.title, language), room.title)
    blocks = (
        *_standing(now, action, language, room),
        *_indicators(measuring.of_action(now, action.code), language, room),
        *_texts(action, language, room),
        *_steps(action, language, room),
        *_budget(action, now, language, room),
        *_objectives(now, action, language, room),
    )
    return Report(title, _subtitle(now, language), language, source_line(origin, now, language), blocks, contents=False)


def objective_sheet(
    now: Picture, objective: pictures.ObjectivePicture, language: str, origin: Origin, room: Room = ROOMS[0]
) -> Report:
    """An objective with its actions, and as much of it as fits."""
    title = wording.clip(wording.named(objective.code, objective.statement, language), room.title)
    blocks = (
        *_text(pictures.shown(objective.description, language), room),
        *_objective(objective, now, language, room),
    )
    return Report(title, _subtitle(now, language), language, source_line(origin, now, language), blocks, contents=False)


def _subtitle(now: Picture, language: str) -> str:
    return f"{pictures.shown(now.name, language)} · " + _("State on %(date)s") % {"date": wording.today(now.day)}


def _objective(objective: pictures.ObjectivePicture, now: Picture, language: str, room: Room) -> Iterator[Block]:
    if target := wording.target(objective.target, language):
        yield Paragraph(target)
    yield Paragraph(parts.monitored_line(objective, now, language))
    if objective.answers:
        yield Paragraph(wording.said(_("Answers"), ", ".join(ref.replace(":", " ") for ref in objective.answers)))
    yield from _indicators(measuring.of_objective(now, objective.code), language, room)
    actions = [action for code in objective.actions if (action := now.action(code))]
    yield Heading(1, _("Actions"))
    if not actions:
        yield Paragraph(_("No action yet."))
        return
    yield parts.action_table(actions[: room.rows], now, language, room.title)
    yield from _more(len(actions) - room.rows)
    if news := parts.news_of(actions[: room.rows], language):
        yield Heading(1, _("What those in charge say"))
        yield Items(tuple(wording.clip(told, room.letters) for told in news))


def _indicators(found: list[pictures.IndicatorPicture], language: str, room: Room) -> Iterator[Block]:
    if not found:
        return
    yield Heading(1, _("Indicators"))
    yield measuring.short_table(found[: room.rows], language, room.title)
    yield from _more(len(found) - room.rows)
    drawn = [indicator for indicator in found if curves.can_be_drawn(indicator)]
    yield from (curves.curve(indicator, language) for indicator in drawn[: room.curves])


def _more(left: int) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(_("And %(n)s more.") % {"n": left}, quiet=True)


def _standing(now: Picture, action: pictures.ActionPicture, language: str, room: Room) -> Iterator[Block]:
    rows = [
        (_("Status"), wording.status_of(action)),
        (_("Phase"), str(words.Phase(action.phase).label)),
        (_("Progress"), wording.percent(action.progress)),
        (_("Lead"), wording.lead(action, now, language)),
        (_("Period"), f"{wording.day(action.start) or '…'} – {wording.period(action) or '…'}"),
        (_("Last report"), wording.day(action.last_reported_on) or _("never")),
    ]
    if action.is_open:
        reason = "" if action.status_reason else wording.why(action, language)
        rows.insert(
            1, (_("Health"), wording.said(wording.health(action), reason) if reason else wording.health(action))
        )
    if action.partners:
        names = [now.organisation_name(code, language) for code in action.partners]
        rows.append((_("Partners"), _list(names, room)))
    if action.characteristics:
        names = [pictures.shown(now.characteristics.get(code, {}), language) or code for code in action.characteristics]
        rows.append((_("Characteristics"), _list(names, room)))
    yield Table(_("Where the action stands"), ("", ""), tuple(rows), wide=frozenset({1}))


def _list(names: Sequence[str], room: Room) -> str:
    return wording.clip(", ".join(names), room.letters)


def _texts(action: pictures.ActionPicture, language: str, room: Room) -> Iterator[Block]:
    for title, text in (
        (_("Where it stands"), action.news),
        (_("Reason of the status"), action.status_reason),
        (_("Description"), action.description),
        (_("Expected effect"), action.expected_effect),
    ):
        if text:
            yield Heading(1, title)
            yield from _text(pictures.shown(text, language), room)


def _text(text: str, room: Room) -> Iterator[Block]:
    for paragraph in filter(str.strip, wording.clip(text, room.letters).split("\n\n")):
        yield Paragraph(paragraph.strip())


def _steps(action: pictures.ActionPicture, language: str, room: Room) -> Iterator[Block]:
    if not action.steps:
        return
    yield Heading(1, _("Steps"))
    rows = tuple(
        (
            wording.clip(pictures.shown(step.title, language), room.title),
            wording.day(step.due) or wording.NONE,
            wording.day(step.done) or wording.NONE,
        )
        for step in action.steps[: room.rows]
    )
    yield Table(_("Steps of the action"), (_("Step"), _("Due"), _("Done on")), rows, wide=frozenset({0}))
    yield from _more(len(action.steps) - room.rows)


def _budget(action: pictures.ActionPicture, now: Picture, language: str, room: Room) -> Iterator[Block]:
    if not action.budget:
        return
    yield Heading(1, _("Budget"))
    rows = tuple(_budget_row(line, now, language, room) for line in action.budget[: room.rows])
    header = (_("Year"), _("Nature"), _("Planned or actual"), _("Amount"), _("Funder"))
    yield Table(_("Budget of the action"), header, rows, frozenset({3}))
    yield from _more(len(action.budget) - room.rows)


def _budget_row(line: pictures.BudgetPicture, now: Picture, language: str, room: Room) -> tuple[str, ...]:
    about = f"±{wording.NO_BREAK}" if line.approximate else ""
    return (
        str(line.year or wording.NONE),
        wording.word("nature", line.nature) or wording.NONE,
        wording.word("kind", line.kind),
        f"{about}{wording.number(line.amount)}{wording.NO_BREAK}{wording.word('unit', line.unit)}",
        wording.clip(now.organisation_name(line.funder, language), room.title) if line.funder else wording.NONE,
    )


def _objectives(now: Picture, action: pictures.ActionPicture, language: str, room: Room) -> Iterator[Block]:
    if not action.objectives:
        return
    yield Heading(1, _("Objectives served"))
    texts = []
    for reference in action.objectives[: room.rows]:
        plan, _sep, code = reference.partition(":")
        found = now.objective(code) if plan == now.plan else None
        text = wording.named(code, found.statement, language) if found else f"{plan} {code}"
        texts.append(wording.clip(text, room.title))
    yield Items(tuple(texts))
    yield from _more(len(action.objectives) - room.rows)
