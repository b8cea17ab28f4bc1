"""The yearly report: in short, what moved, theme by theme, what is late and why, who does what, how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from senne.plan.api import comparison, summary, words
from senne.plan.api import picture as pictures
from senne.reports.blocks import Bar, Bars, Block, Figures, Heading, Items, NewPage, Paragraph, Report, Table
from senne.reports.outline import wording
from senne.reports.outline.moved import moved_lines

Picture = pictures.Picture


def yearly_report(now: Picture, before: Picture | None, language: str, source: str) -> Report:
    """The whole report. Call inside `override(language)`. Without `before`, nothing is said of what moved."""
    page = summary.summarise(now)
    blocks = [
        *_in_short(now, page, language),
        *_moved(now, before, language),
        *_money(page),
        *_themes(now, language),
        *_late(page, now, language),
        *_not_monitored(now, language),
        *_organisations(now, language),
        *_method(),
    ]
    subtitle = _("State on %(date)s") % {"date": wording.today(now.day)}
    return Report(pictures.shown(now.name, language), subtitle, language, source, tuple(blocks))


def key_figures(now: Picture, page: summary.Summary) -> Figures:
    """The four figures that every report begins with."""
    return Figures(
        (
            (f"{page.monitored} / {page.objectives}", _("objectives monitored")),
            (str(page.actions), _("actions")),
            (wording.percent(now.progress), _("progress")),
            (str(page.by_health["late"]), _("actions late")),
        )
    )


def _in_short(now: Picture, page: summary.Summary, language: str) -> Iterator[Block]:
    yield Heading(1, _("In short"))
    if now.description:
        yield Paragraph(pictures.shown(now.description, language))
    yield key_figures(now, page)
    yield wording.counts(_("Actions by status"), words.Status, page.by_status)
    yield wording.counts(_("Health of the actions that are not finished"), words.Health, page.by_health)
    yield wording.counts(_("How fresh the news are"), words.Freshness, page.by_freshness)
    bars = tuple(
        Bar(pictures.shown(t.name, language), (t.progress or 0) / 10, "calm", wording.percent(t.progress))
        for t in now.themes
    )
    yield Bars(_("Progress by theme"), bars)


def _moved(now: Picture, before: Picture | None, language: str) -> Iterator[Block]:
    if before is None:
        return
    yield Heading(1, _("What moved since %(date)s") % {"date": wording.today(before.day)})
    lines = moved_lines(comparison.compare(before, now), now, before, language)
    yield Items(tuple(lines)) if lines else Paragraph(_("Nothing moved."))


def _money(page: summary.Summary) -> Iterator[Block]:
    if not page.money:
        return
    yield Heading(1, _("Money"))
    rows = tuple(
        (
            str(m.year or _("no year")),
            wording.euros(m.planned, m.approximate),
            wording.euros(m.actual, m.approximate),
        )
        for m in page.money
    )
    header = (_("Year"), _("Planned"), _("Actual"))
    yield Table(_("Planned and actual amounts by year"), header, rows, frozenset({1, 2}))


def _themes(now: Picture, language: str) -> Iterator[Block]:
    for theme in now.themes:
        yield NewPage()
        yield Heading(1, pictures.shown(theme.name, language))
        if theme.description:
            yield Paragraph(pictures.shown(theme.description, language))
        yield Figures(((wording.percent(theme.progress), _("progress")),))
        for axis in (a for a in now.axes if a.parent == theme.code):
            yield Heading(2, f"{axis.code} · {pictures.shown(axis.name, language)}")
            for objective in (o for o in now.objectives if o.axis == axis.code):
                yield from objective_blocks(objective, now, language)


def objective_blocks(objective: pictures.ObjectivePicture, now: Picture, language: str) -> Iterator[Block]:
    """An objective: what it wants, whether it is monitored, its actions, what their owners say."""
    yield Heading(3, f"{objective.code} · {pictures.shown(objective.statement, language)}")
    if target := wording.target(objective.target, language):
        yield Paragraph(target)
    state = _("Monitored.") if objective.monitored else _("Not monitored: %(why)s.")
    line = state % {"why": wording.missing(objective.missing)} if objective.missing else state
    progress = _("Progress: %(share)s.") % {"share": wording.percent(objective.progress)}
    yield Paragraph(f"{line} {progress}", quiet=True)
    actions = [action for code in objective.actions if (action := now.action(code))]
    if actions:
        yield action_table(actions, now, language)
    news = [
        f"{action.code} · {pictures.shown(action.title, language)}: {pictures.shown(action.news, language)}"
        for action in actions
        if action.news
    ]
    if news:
        yield Items(tuple(news))


def action_table(actions: list[pictures.ActionPicture], now: Picture, language: str) -> Table:
    """Actions as rows."""
    header = (_("Code"), _("Action"), _("Lead"), _("Status"), _("Health"), _("Progress"), _("End"))
    rows = tuple(
        (
            action.code,
            pictures.shown(action.title, language),
            now.organisation_name(action.lead, language) if action.lead else action.lead_text,
            wording.status(action.status),
            wording.health(action),
            wording.percent(action.progress),
            wording.period(action),
        )
        for action in actions
    )
    return Table(_("Actions"), header, rows, frozenset({5}), frozenset({1, 2}))


def _late(page: summary.Summary, now: Picture, language: str) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, _("What is late or suspended, and why"))
    if not page.blockers:
        yield Paragraph(_("Nothing is late."))
        return
    header = (_("Code"), _("Action"), _("Lead"), _("Why"))
    rows = tuple(
        (
            action.code,
            pictures.shown(action.title, language),
            now.organisation_name(action.lead, language) if action.lead else action.lead_text,
            why(action, language),
        )
        for action in page.blockers
    )
    yield Table(_("Late and suspended actions"), header, rows, wide=frozenset({1, 3}))


def why(action: pictures.ActionPicture, language: str) -> str:
    """Why an action is late or stands still: the reason that a person gave, else the rule's."""
    if action.status_reason:
        return pictures.shown(action.status_reason, language)
    texts = {
        "step_overdue": _("a step is overdue"),
        "step_long_overdue": _("a step is overdue by more than 60 days"),
        "not_started": _("it has not started"),
        "suspended": _("it is suspended"),
        "end_passed": _("its end has passed (%(end)s)") % {"end": wording.day(action.end)},
        "": pictures.shown(action.judged_because, language),
    }
    return texts.get(action.health_because, "")


def _not_monitored(now: Picture, language: str) -> Iterator[Block]:
    lacking = [objective for objective in now.objectives if not objective.monitored]
    yield Heading(1, _("Objectives that are not monitored yet"))
    if not lacking:
        yield Paragraph(_("All objectives are monitored."))
        return
    rows = tuple((o.code, pictures.shown(o.statement, language), wording.missing(o.missing)) for o in lacking)
    yield Table(_("Objectives not monitored"), (_("Code"), _("Objective"), _("Missing")), rows, wide=frozenset({1, 2}))


def _organisations(now: Picture, language: str) -> Iterator[Block]:
    led = sorted((a for a in now.actions if a.lead and not a.merged_into and not a.superseded_by), key=lambda a: a.lead)
    rows = []
    for code, group in groupby(led, key=lambda action: action.lead):
        actions = list(group)
        late = sum(action.is_open and action.health == "late" for action in actions)
        done = sum(action.status == "done" for action in actions)
        rows.append((now.organisation_name(code, language), str(len(actions)), str(done), str(late)))
    yield Heading(1, _("Who does what"))
    header = (_("Organisation"), _("Actions"), _("Done"), _("Late"))
    yield Table(_("Actions by lead organisation"), header, tuple(sorted(rows)), frozenset({1, 2, 3}), frozenset({0}))


def _method() -> Iterator[Block]:
    yield Heading(1, _("How the figures were made"))
    yield Items(
        (
            _("An objective is monitored when a person in post owns it, at least one action or indicator serves it, and "
              "there has been news within the year."),
            _("Health: to watch from the day after a step was due, or the start passed without starting, or while "
              "suspended; late from 60 days after that step was due, or from the day after the end."),
            _("Progress: the share of steps done, else by phase; averages upwards by weight."),
        )
    )  # fmt: skip
