"""The climate plan in 15 minutes, for staff and newcomers: what it wants, where it stands, who does what, what I can do.

Every slide has notes for who speaks, in three languages, the deck's own first: for how long, and what to say. The
minutes add up to fifteen, whatever slides there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from senne.core.text import LANGUAGE_NAMES, LANGUAGES
from senne.plan.api import picture as pictures
from senne.plan.api import summary
from senne.reports.blocks import Bar, Bars, Block, Deck, Figures, Items, Paragraph, Slide, Table
from senne.reports.outline import curves, measuring, parts, wording
from senne.reports.outline.origin import Origin, source_line

Picture = pictures.Picture
MINUTES = 15
TARGETS, NEWS, HARD, BUSIEST, OWN, COMING, LETTERS = 6, 5, 4, 10, 10, 5, 110
CURVES = 2


@dataclass(frozen=True)
class Talk:
    """A slide, its minutes (0: none of its own; None: what is left), and what to say, in the language that is active."""

    title: str
    blocks: tuple[Block, ...]
    minutes: int | None
    say: Callable[[], str]


def quarter_hour_deck(now: Picture, language: str, origin: Origin, organisation: str = "") -> Deck:
    """The deck of the day; with what `organisation` and those below it do, where one is given. Inside `override`."""
    page = summary.summarise(now)
    talks = [
        _why(now, language),
        _built(now, page),
        *_targets(now, language),
        *_fields(now, language),
        _stands(now, page),
        *_measured(now, language),
        *_news(now, language),
        *_hard(page, now, language),
        *_who(now, language),
        *_own(now, language, organisation),
        *_coming(page, language),
        _you(),
        _where(origin),
    ]
    left = max(1, MINUTES - sum(talk.minutes or 0 for talk in talks))
    slides = (_slide(replace(t, minutes=left) if t.minutes is None else t, language) for t in talks)
    subtitle = _("In 15 minutes · state on %(date)s") % {"date": wording.today(now.day)}
    if organisation:
        subtitle = f"{now.organisation_name(organisation, language)} · {subtitle}"
    name, source = pictures.shown(now.name, language), source_line(origin, now, language)
    return Deck(name, subtitle, language, source, tuple(slides), spoken(language, lambda: _before_you_start(now)))


def _slide(talk: Talk, language: str) -> Slide:
    def notes() -> str:
        if not talk.minutes:
            return talk.say()
        minutes = ngettext("%(n)s minute.", "%(n)s minutes.", talk.minutes) % {"n": talk.minutes}
        return f"{minutes} {talk.say()}"

    return Slide(talk.title, talk.blocks, spoken(language, notes))


def spoken(language: str, text: Callable[[], str]) -> str:
    """What to say, in the deck's language and then in the two others, each under its name."""
    said = [text()]
    for code in LANGUAGES:
        if code != language:
            with override(code):
                said.append(f"— {LANGUAGE_NAMES[code]} —\n{text()}")
    return "\n\n".join(said)


def _before_you_start(now: Picture) -> str:
    text = _(
        "Before you start: this deck was drawn from the records of %(date)s. Take a new one before each session, so that "
        "nobody sees old figures. Each slide's notes say for how long and what to tell; together 15 minutes. You need not "
        "know the plan."
    )
    return text % {"date": wording.today(now.day)}


def _why(now: Picture, language: str) -> Talk:
    blocks: list[Block] = []
    if now.description:
        blocks.append(Paragraph(pictures.shown(now.description, language)))
    facts = []
    if now.adopted_on:
        facts.append(_("Adopted on %(date)s") % {"date": wording.day(now.adopted_on)})
    if len(now.years) == 2:
        facts.append(_("Runs from %(first)s to %(last)s") % {"first": now.years[0], "last": now.years[1]})
    facts.append(_("Public: anybody can see how far each action is"))
    blocks.append(Items(tuple(facts)))
    return Talk(
        _("What the City wants"), tuple(blocks), 2,
        lambda: _("Read the aim aloud. Ask who has felt the heat, or a flood, where they live or work: that is what the "
                  "plan is about. Nobody has to know the figures by heart."),
    )  # fmt: skip


def _built(now: Picture, page: summary.Summary) -> Talk:
    themes = len(now.themes)
    figures = Figures(
        (
            (wording.count(themes), ngettext("theme", "themes", themes)),
            (wording.count(page.objectives), ngettext("objective", "objectives", page.objectives)),
            (wording.count(page.actions), ngettext("action", "actions", page.actions)),
        )
    )
    items = Items(
        (
            _("A theme is a field of the city's life: energy, mobility, food…"),
            _("An objective says what must be true, and by when."),
            _("An action is what somebody does about it: it has a lead, steps and dates."),
            _("Those who do the work report where it stands; the public site shows it."),
        )
    )
    return Talk(
        _("How the plan is built"), (figures, items), 1,
        lambda: _("From the large to the small: theme, objective, action. Three words are enough to read the rest."),
    )  # fmt: skip


def _targets(now: Picture, language: str) -> Iterator[Talk]:
    """A few objectives with a figure, from different themes."""
    themes = {axis.code: axis.parent for axis in now.axes}
    first: dict[str, str] = {}
    for objective in now.objectives:
        if objective.target is not None:
            text = wording.clip(pictures.shown(objective.statement, language), LETTERS)
            first.setdefault(themes.get(objective.axis, ""), text)
    if first:
        yield Talk(
            _("What it wants to reach"), (Items(tuple(first.values())[:TARGETS]),), 1,
            lambda: _("One figure of each field, among many. Pick the two that touch the people in the room."),
        )  # fmt: skip


def _fields(now: Picture, language: str) -> Iterator[Talk]:
    if not now.themes:
        return
    rows = tuple(
        (
            pictures.shown(theme.name, language),
            wording.first_sentence(pictures.shown(theme.description, language), LETTERS) or wording.NONE,
            wording.percent(theme.progress),
        )
        for theme in now.themes
    )
    header = (_("Theme"), _("What it is about"), _("Progress"))
    table = Table(_("The fields of the plan"), header, rows, frozenset({2}), frozenset({0, 1}))
    yield Talk(
        _("The fields of the plan"), (table,), 1,
        lambda: _("Do not read the table: ask each person which theme their work belongs to. Progress is the share of "
                  "the steps that are done."),
    )  # fmt: skip


def _stands(now: Picture, page: summary.Summary) -> Talk:
    return Talk(
        _("Where it stands today"),
        (wording.key_figures(now, page), *parts.charts((parts.status_chart(page),))), 2,
        lambda: _("Monitored means: somebody answers for it, something serves it, there was news within the year. Late "
                  "means that a date has passed. Say both: what is done and what is late."),
    )  # fmt: skip


def _measured(now: Picture, language: str) -> Iterator[Talk]:
    """How many indicators are on their trajectory, and two of them over time."""
    if not now.indicators:
        return
    drawn = sorted(curves.key_ones(now), key=lambda indicator: not indicator.targets)[:CURVES]
    yield Talk(
        _("What is measured"),
        (measuring.standing(now.indicators), *(curves.curve(indicator, language) for indicator in drawn)), 1,
        lambda: _("The full line is what was measured, the broken one the way to the target. Ask what people think would "
                  "bring the one closer to the other."),
    )  # fmt: skip


def _news(now: Picture, language: str) -> Iterator[Talk]:
    """The latest reports, the newest first."""
    told = sorted((a for a in now.actions if a.news and a.last_reported_on), key=lambda a: a.last_reported_on)
    lines = [
        wording.said(
            wording.clip(pictures.shown(action.title, language), 60),
            wording.clip(pictures.shown(action.news, language), LETTERS),
        )
        for action in reversed(told[-NEWS:])
    ]
    if lines:
        yield Talk(
            _("What happened lately"), (Items(tuple(lines)),), 1,
            lambda: _("Choose two. These are the words of the people who do the work."),
        )  # fmt: skip


def _hard(page: summary.Summary, now: Picture, language: str) -> Iterator[Talk]:
    if not page.blockers:
        return
    table = parts.blockers_table(page.blockers[:HARD], now, language, LETTERS)
    text = _("Late or suspended: %(actions)s. The most urgent:") % {"actions": wording.actions(len(page.blockers))}
    yield Talk(
        _("What is hard"), (Paragraph(text), table), 1,
        lambda: _("A plan that shows what is late can be helped. Somebody in the room may know a way out: note the "
                  "action's code and tell its lead."),
    )  # fmt: skip


def _who(now: Picture, language: str) -> Iterator[Talk]:
    counts: dict[str, int] = {}
    for action in now.actions:
        if action.lead and action.is_open:
            counts[action.lead] = counts.get(action.lead, 0) + 1
    busiest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:BUSIEST]
    bars = tuple(Bar(now.organisation_name(code, language), n, "calm", wording.count(n)) for code, n in busiest)
    if bars:
        yield Talk(
            _("Who works on it"), (Bars(_("Open actions by lead organisation"), bars),), 1,
            lambda: _("Each department has its part; the longest bar is not the best department. Find your own."),
        )  # fmt: skip


def _own(now: Picture, language: str, organisation: str) -> Iterator[Talk]:
    """What the newcomers' own department does."""
    if not organisation:
        return
    part = summary.of_organisation(now, organisation)
    title = _("What we do: %(name)s") % {"name": now.organisation_name(organisation, language)}
    blocks: list[Block] = [wording.key_figures(part, summary.summarise(part), part=True)]
    if not part.actions:
        text = _("Our department leads no action of the plan yet; it takes part through its daily choices.")
        blocks = [Paragraph(text)]
    if open_ones := sorted((a for a in part.actions if a.is_open), key=lambda a: (a.end or "9999", a.code)):
        blocks.append(_own_table(open_ones[:OWN], language))
    yield Talk(
        title, tuple(blocks), 2,
        lambda: _("The department's own part. Let somebody who works on one of these actions say a sentence about it."),
    )  # fmt: skip


def _own_table(actions: list[pictures.ActionPicture], language: str) -> Table:
    rows = tuple(
        (
            action.code,
            wording.clip(pictures.shown(action.title, language), LETTERS),
            wording.status_of(action),
            wording.short_period(action) or wording.NONE,
        )
        for action in actions
    )
    header = (_("Code"), _("Action"), _("Status"), _("End"))
    return Table(_("Open actions"), header, rows, wide=frozenset({1}))


def _coming(page: summary.Summary, language: str) -> Iterator[Talk]:
    if page.coming:
        yield Talk(
            _("What comes next"), (parts.coming_table(page.coming[:COMING], language, LETTERS),), 1,
            lambda: _("What will be seen in the coming months. Put one date in your diary."),
        )  # fmt: skip


def _you() -> Talk:
    items = Items(
        (
            _("Find the actions of your department on the public site, and who leads them."),
            _("Think of one habit of your own job that the plan would change: a purchase, a trip, a heating, a print."),
            _(
                "See something that blocks, or have an idea? Write to the climate coordination: every message is answered."
            ),
            _("You lead an action? Two minutes a month are enough to say where it stands."),
        )
    )
    return Talk(
        _("What you can do from tomorrow"), (items,), None,
        lambda: _("Take the questions. End with one of yours: which of these will you do this week?"),
    )  # fmt: skip


def _where(origin: Origin) -> Talk:
    texts = [_("The public site shows every objective and every action, as it stands today.")]
    texts += [origin.address] if origin.address else []
    texts.append(_("In the workspace, “My work” shows what you can report, in two minutes."))
    texts.append(_("A question? The climate coordination answers every message."))
    return Talk(_("Where to look"), (Items(tuple(texts)),), 0, lambda: _("Leave it on the screen while people leave."))
