"""Words that every report shares: labels of the field's words, dates, amounts, tones. Call inside `override(language)`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from senne.core.periods import parse_partial
from senne.core.templatetags.senne import when
from senne.plan.api import picture as pictures
from senne.plan.api import words
from senne.reports.blocks import Bar, Bars

TONES = {
    "done": "good", "on_track": "good", "current": "good", "under_way": "calm", "watch": "warn", "suspended": "warn",
    "ageing": "warn", "late": "bad", "abandoned": "bad", "stale": "bad", "to_start": "none",
}  # fmt: skip


def status(value: str) -> str:
    return str(words.Status(value).label)


def health(action: pictures.ActionPicture) -> str:
    """The health in words; nothing for what is done or abandoned."""
    return str(words.Health(action.health).label) if action.is_open else ""


def day(iso: str) -> str:
    """'2026', 'September 2026' or '15 September 2026'; nothing for nothing."""
    return when(parse_partial(iso)) if iso else ""


def period(action: pictures.ActionPicture) -> str:
    if action.continuous:
        return _("continuous")
    return day(action.end)


def percent(permille: int | None) -> str:
    """'34 %', never 0 or 100 % unless it is; a dash where there is no figure."""
    if permille is None:
        return "–"
    shown = min(max(round(permille / 10), 1 if permille else 0), 99 if permille < 1000 else 100)
    return f"{shown} %"


def euros(amount: Decimal, approximate: bool = False) -> str:
    """Whole EUR with the reader's separators."""
    about = "± " if approximate else ""
    return f"{about}{number_format(amount.quantize(Decimal(1)), use_l10n=True, force_grouping=True)} €"


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
    quantity = pictures.shown(found.quantity, language)
    text = _("%(quantity)s: %(value)s %(unit)s in %(year)s") % {
        "quantity": quantity or _("Target"),
        "value": number(found.value),
        "unit": found.unit,
        "year": found.year,
    }
    if found.baseline_value and found.baseline_year:
        base = _("%(value)s in %(year)s") % {"value": number(found.baseline_value), "year": found.baseline_year}
        text += f" ({base})"
    return text


def number(text: str) -> str:
    """A decimal string with the reader's separators."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def counts(caption: str, kind: type, found: Mapping[str, int]) -> Bars:
    """Counts by a word of the field as a chart."""
    return Bars(caption, tuple(Bar(str(kind(value).label), n, TONES[value], str(n)) for value, n in found.items()))


def today(iso: str) -> str:
    """The day of the picture, written out."""
    return date_format(parse_partial(iso).day)
