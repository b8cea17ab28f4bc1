"""Words that every report shares: labels of the field's words, dates, amounts, tones. Call inside `override(language)`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senne.core.periods import parse_partial
from senne.core.templatetags.senne import when
from senne.plan.api import picture as pictures
from senne.plan.api import summary, words
from senne.reports.blocks import Bar, Bars, Figures

TONES = {
    "done": "good", "on_track": "good", "current": "good", "under_way": "calm", "watch": "warn", "suspended": "warn",
    "ageing": "warn", "late": "bad", "abandoned": "bad", "stale": "bad", "to_start": "none",
}  # fmt: skip
NO_BREAK = "\u00a0"
NONE = "–"


def status(value: str) -> str:
    return str(words.Status(value).label)


def status_of(action: pictures.ActionPicture) -> str:
    """The status, or where a merged or replaced action goes on."""
    if action.merged_into:
        return _("Merged into %(code)s") % {"code": action.merged_into}
    if action.superseded_by:
        return _("Replaced by %(code)s") % {"code": action.superseded_by}
    return status(action.status)


def health(action: pictures.ActionPicture) -> str:
    """The health in words; nothing for what is done or abandoned."""
    return str(words.Health(action.health).label) if action.is_open else ""


def why(action: pictures.ActionPicture, language: str) -> str:
    """Why an action is late, to watch or stands still: the reason that a person gave, else the rule's."""
    if action.status_reason:
        return pictures.shown(action.status_reason, language)
    texts = {
        "step_overdue": _("a step is overdue"),
        "step_long_overdue": _("a step is overdue by more than 60 days"),
        "not_started": _("it has not started"),
        "suspended": _("it is suspended"),
        "end_passed": _("its end has passed (%(end)s)") % {"end": day(action.end)},
        "": pictures.shown(action.judged_because, language),
    }
    return texts.get(action.health_because, "")


def lead(action: pictures.ActionPicture, now: pictures.Picture, language: str) -> str:
    """Who leads the action: the organisation, else what the plan's document said, else a dash."""
    if action.lead:
        return now.organisation_name(action.lead, language)
    return action.lead_text or NONE


def named(code: str, text: pictures.Text, language: str) -> str:
    """'EN-02 · Insulate 45 buildings'."""
    return f"{code} · {pictures.shown(text, language)}"


def said(what: str, text: str) -> str:
    """'What: text', as the language writes a colon; a sentence loses its full stop before it."""
    what = what.removesuffix(".")
    return _("%(what)s: %(text)s") % {"what": what, "text": text}


def both(before: str, after: str) -> str:
    """'before → after'; nothing where both read the same."""
    return f"{before or NONE} → {after or NONE}" if before != after else ""


def clip(text: str, most: int) -> str:
    """The text, or its beginning up to a word and an ellipsis; never longer than `most` letters."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    at_word = start.rsplit(" ", 1)[0] if " " in start[most // 2 :] else start
    return f"{at_word.rstrip(' ,;:.')}…"


def first_sentence(text: str, most: int) -> str:
    """The first sentence of the text, clipped where it is longer than `most`."""
    start, stop, _rest = text.partition(". ")
    return clip(start + stop.strip(), most)


def day(iso: str) -> str:
    """'2026', 'September 2026' or '15 September 2026'; nothing for nothing."""
    return when(parse_partial(iso)) if iso else ""


def short_day(iso: str) -> str:
    """The same with the month cut short: 'Sept. 2026'; for narrow columns."""
    if not iso:
        return ""
    found = parse_partial(iso)
    return date_format(found.day, {"year": "Y", "month": "N Y", "day": "j N Y"}[found.precision.value])


def period(action: pictures.ActionPicture) -> str:
    if action.continuous:
        return _("continuous")
    return day(action.end)


def short_period(action: pictures.ActionPicture) -> str:
    return _("continuous") if action.continuous else short_day(action.end)


def percent(permille: int | None) -> str:
    """'34 %', never 0 or 100 % unless it is; a dash where there is no figure."""
    if permille is None:
        return NONE
    shown = min(max(round(permille / 10), 1 if permille else 0), 99 if permille < 1000 else 100)
    return f"{shown}{NO_BREAK}%"


def euros(amount: Decimal, approximate: bool = False) -> str:
    """Whole EUR with the reader's separators."""
    about = f"±{NO_BREAK}" if approximate else ""
    return f"{about}{number_format(amount.quantize(Decimal(1)), use_l10n=True, force_grouping=True)}{NO_BREAK}€"


def missing(codes: list[str]) -> str:
    """Why an objective is not monitored."""
    texts = {
        "no_owner": _("nobody owns it yet"),
        "nothing_measures": _("no action and no indicator serves it"),
        "no_news": _("no news within the year"),
    }
    return ", ".join(texts[code] for code in codes)


def target(found: pictures.TargetPicture | None, language: str) -> str:
    """'Direct emissions: 0 t CO2e in 2040 (21400 in 2019)'."""
    if found is None:
        return ""
    value = f"{number(found.value)}{NO_BREAK}{found.unit}" if found.unit else number(found.value)
    text = _("%(value)s in %(year)s") % {"value": value, "year": found.year} if found.year else value
    if found.baseline_value and found.baseline_year:
        base = _("%(value)s in %(year)s") % {"value": number(found.baseline_value), "year": found.baseline_year}
        text += f" ({base})"
    return said(pictures.shown(found.quantity, language) or _("Target"), text)


def number(text: str) -> str:
    """A decimal string with the reader's separators."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def counts(caption: str, kind: type, found: Mapping[str, int]) -> Bars:
    """Counts by a word of the field as a chart."""
    bars = (Bar(str(kind(value).label), n, TONES[value], count(n)) for value, n in found.items())
    return Bars(caption, tuple(bars))


def count(n: int) -> str:
    """A count with the reader's separators."""
    return number_format(n, use_l10n=True, force_grouping=True)


def of(part: int, whole: int) -> str:
    """'33 / 37'."""
    return f"{count(part)}{NO_BREAK}/{NO_BREAK}{count(whole)}"


def actions(n: int) -> str:
    return ngettext("%(n)s action", "%(n)s actions", n) % {"n": count(n)}


def objectives(n: int) -> str:
    return ngettext("%(n)s objective", "%(n)s objectives", n) % {"n": count(n)}


def key_figures(now: pictures.Picture, page: summary.Summary, part: bool = False) -> Figures:
    """The figures that every report begins with; a `part` of a plan has no progress of its own."""
    done = page.by_status["done"]
    pairs = [
        (of(page.monitored, page.objectives), _("objectives monitored")),
        (count(page.actions), ngettext("action", "actions", page.actions)),
        (count(done), ngettext("action done", "actions done", done))
        if part
        else (percent(now.progress), _("progress")),
        (count(page.by_health["late"]), ngettext("action late", "actions late", page.by_health["late"])),
    ]
    return Figures(tuple(pairs))


def today(iso: str) -> str:
    """The day of the picture, written out."""
    return date_format(parse_partial(iso).day)


def word(kind: str, value: str) -> str:
    """The label of a word of the field ('status', 'done'); the value itself where it is none."""
    kinds = {
        "status": words.Status, "phase": words.Phase, "health": words.Health, "freshness": words.Freshness,
        "priority": words.Priority, "visibility": words.Visibility, "nature": words.BudgetNature,
        "kind": words.BudgetKind, "unit": words.BudgetUnit,
    }  # fmt: skip
    choices: type[words.Status] | None = kinds.get(kind)  # type: ignore[assignment]
    return str(choices(value).label) if choices is not None and value in choices.values else value
