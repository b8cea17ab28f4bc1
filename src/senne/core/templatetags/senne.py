"""Filters that every template has: texts in languages, dates as exact as they are known, numbers as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from senne.core.periods import PartialDate, Precision
from senne.core.text import as_text, reader_language

register = template.Library()


@register.filter
def text(value: Any) -> SafeString | str:
    """The text in the reader's language; the source with a discreet mark where it is not translated yet."""
    shown, language = as_text(value).shown()
    if not shown or language == reader_language():
        return conditional_escape(shown)
    return format_html(
        '<span lang="{}" class="untranslated" title="{}">{}</span>', language, _("Not translated yet"), shown
    )


@register.filter
def paragraphs(value: Any) -> SafeString:
    """As `text`, with line breaks as paragraphs."""
    shown, language = as_text(value).shown()
    body = linebreaks(shown, autoescape=True)
    if not shown or language == reader_language():
        return mark_safe(body)  # noqa: S308 (linebreaks escapes)
    return format_html(
        '<div lang="{}" class="untranslated" title="{}">{}</div>',
        language,
        _("Not translated yet"),
        mark_safe(body),  # noqa: S308 (linebreaks escapes)
    )


@register.filter
def when(value: PartialDate | date | None) -> str:
    """'2026', 'September 2026' or '15 September 2026', in the reader's language."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        if value.precision is Precision.YEAR:
            return str(value.day.year)
        if value.precision is Precision.MONTH:
            return date_format(value.day, "YEAR_MONTH_FORMAT")
        return date_format(value.day, "DATE_FORMAT")
    return date_format(value, "DATE_FORMAT")


@register.filter
def number(value: Decimal | int | float | None, places: int = 0) -> str:
    """A number with the reader's separators; trailing zeros dropped beyond `places`."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        value = value.normalize()
        exponent = value.as_tuple().exponent
        places = max(places, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
