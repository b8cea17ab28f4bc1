"""One-page sheets: of an action, of an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from senne.plan.api import picture as pictures
from senne.plan.api import words
from senne.reports.blocks import Block, Heading, Items, Paragraph, Report, Table
from senne.reports.outline import wording
from senne.reports.outline.yearly import objective_blocks, why

Picture = pictures.Picture


def action_sheet(now: Picture, action: pictures.ActionPicture, language: str, source: str) -> Report:
    """All that the picture knows of one action. Inside `override(language)`."""
    title = f"{action.code} · {pictures.shown(action.title, language)}"
    blocks = (
        *_standing(now, action, language),
        *_texts(action, language),
        *_steps(action, language),
        *_budget(action, now, language),
        *_objectives(now, action, language),
    )
    return Report(title, pictures.shown(now.name, language), language, source, blocks, contents=False)


def objective_sheet(now: Picture, objective: pictures.ObjectivePicture, language: str, source: str) -> Report:
    """An objective with its actions."""
    title = f"{objective.code} · {pictures.shown(objective.statement, language)}"
    blocks = tuple(objective_blocks(objective, now, language))[1:]
    if objective.description:
        blocks = (Paragraph(pictures.shown(objective.description, language)), *blocks)
    return Report(title, pictures.shown(now.name, language), language, source, blocks, contents=False)


def _standing(now: Picture, action: pictures.ActionPicture, language: str) -> Iterator[Block]:
    rows = [
        (_("Status"), wording.status(action.status)),
        (_("Phase"), str(words.Phase(action.phase).label)),
        (_("Progress"), wording.percent(action.progress)),
        (_("Lead"), now.organisation_name(action.lead, language) if action.lead else action.lead_text or "–"),
        (_("Period"), f"{wording.day(action.start) or '…'} – {wording.period(action) or '…'}"),
        (_("Last report"), wording.day(action.last_reported_on) or _("never")),
    ]
    if action.is_open:
        reason = why(action, language)
        rows.insert(1, (_("Health"), wording.health(action) + (f": {reason}" if reason else "")))
    if action.partners:
        names = ", ".join(now.organisation_name(code, language) for code in action.partners)
        rows.append((_("Partners"), names))
    if action.characteristics:
        named = [pictures.shown(now.characteristics.get(code, {}), language) or code for code in action.characteristics]
        rows.append((_("Characteristics"), ", ".join(named)))
    yield Table(_("Where the action stands"), ("", ""), tuple(rows), wide=frozenset({1}))


def _texts(action: pictures.ActionPicture, language: str) -> Iterator[Block]:
    for title, text in (
        (_("Description"), action.description),
        (_("Expected effect"), action.expected_effect),
        (_("Where it stands"), action.news),
        (_("Reason of the status"), action.status_reason),
    ):
        if text:
            yield Heading(2, title)
            for part in pictures.shown(text, language).split("\n\n"):
                yield Paragraph(part)


def _steps(action: pictures.ActionPicture, language: str) -> Iterator[Block]:
    if not action.steps:
        return
    yield Heading(2, _("Steps"))
    rows = tuple(
        (pictures.shown(step.title, language), wording.day(step.due), wording.day(step.done) if step.done else "–")
        for step in action.steps
    )
    yield Table(_("Steps of the action"), (_("Step"), _("Due"), _("Done")), rows, wide=frozenset({0}))


def _budget(action: pictures.ActionPicture, now: Picture, language: str) -> Iterator[Block]:
    if not action.budget:
        return
    yield Heading(2, _("Budget"))
    rows = tuple(
        (
            str(line.year or ""),
            str(words.BudgetNature(line.nature).label) if line.nature else "",
            str(words.BudgetKind(line.kind).label),
            f"{'± ' if line.approximate else ''}{wording.number(line.amount)} {words.BudgetUnit(line.unit).label}",
            now.organisation_name(line.funder, language) if line.funder else "",
        )
        for line in action.budget
    )
    header = (_("Year"), _("Nature"), _("Planned or actual"), _("Amount"), _("Funder"))
    yield Table(_("Budget of the action"), header, rows, frozenset({3}))


def _objectives(now: Picture, action: pictures.ActionPicture, language: str) -> Iterator[Block]:
    yield Heading(2, _("Objectives served"))
    texts = []
    for reference in action.objectives:
        plan, _sep, code = reference.partition(":")
        found = now.objective(code) if plan == now.plan else None
        texts.append(f"{code} · {pictures.shown(found.statement, language)}" if found else reference)
    yield Items(tuple(texts))
