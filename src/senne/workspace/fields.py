"""Form fields for what Senne's records hold: texts in three languages, dates to the day, month or year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.periods import PartialDate, parse_partial
from senne.core.text import LANGUAGE_NAMES, LANGUAGES, Text, reader_language

_DAY_FIRST = re.compile(r"^(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})$")


class LanguagesWidget(forms.MultiWidget):
    """The reader's own language first; the others folded away, unless something is wrong in them."""

    template_name = "workspace/widgets/languages.html"

    def __init__(self, rows: int = 1) -> None:
        def one(code: str) -> forms.Widget:
            attrs = {"lang": code}
            return forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)

        super().__init__({code: one(code) for code in LANGUAGES})
        self.faulty: set[str] = set()

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own, others = reader_language(), []
        for part, code in zip(context["widget"]["subwidgets"], LANGUAGES, strict=True):
            part |= {"language": code, "language_name": LANGUAGE_NAMES[code], "written": bool(part["value"])}
            if code == own:
                context["widget"]["own"] = part
            else:
                others.append(part)
        context["widget"]["others"] = others
        context["widget"]["open"] = bool(self.faulty - {own})
        return context

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_{LANGUAGES.index(reader_language())}" if id_ else ""


class TextFormField(forms.MultiValueField):
    """A Text; required means: in at least one language."""

    widget: LanguagesWidget

    def __init__(self, *, rows: int = 1, max_length: int | None = None, required: bool = False, **kwargs: Any) -> None:
        self.longest = max_length or (20_000 if rows > 1 else 500)
        fields = [forms.CharField(required=False) for _code in LANGUAGES]
        widget = LanguagesWidget(rows)
        super().__init__(fields=fields, widget=widget, required=required, require_all_fields=False, **kwargs)
        self.error_messages["required"] = _("Write this in at least one language.")

    def compress(self, data_list: Sequence[str]) -> Text:
        return Text({code: text for code, text in zip(LANGUAGES, data_list or ("", "", ""), strict=True) if text})

    def clean(self, value: Any) -> Text:
        text: Text = super().clean(value) or Text()
        too_long = {code: len(written) for code, written in text.items() if len(written) > self.longest}
        if too_long:
            self.widget.faulty = set(too_long)
            raise ValidationError([self._too_long(code, length) for code, length in too_long.items()])
        return text

    def _too_long(self, code: str, length: int) -> ValidationError:
        params = {"language": LANGUAGE_NAMES[code], "limit": self.longest, "length": length}
        return ValidationError(
            _("%(language)s: at most %(limit)s characters fit here, and this has %(length)s. Shorten it."),
            params=params,
        )


class PartialDateField(forms.CharField):
    """'2026', '2026-09' or '2026-09-15'; also '09/2026' and '15/09/2026', as people write here."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("A year (2026), a month (09/2026) or a day (15/09/2026)."))
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_partial(_year_first(text))
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a date. Write a year (2026), a month (09/2026) or a day (15/09/2026)."),
                params={"value": text},
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return day_first(value) if isinstance(value, PartialDate) else value


def _year_first(text: str) -> str:
    match = _DAY_FIRST.match(text.strip())
    if not match:
        return text
    day, month, year = match.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def day_first(value: PartialDate) -> str:
    """As people write dates here: '2026', '09/2026', '15/09/2026'."""
    return "/".join(reversed(value.isoformat().split("-")))


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar where it has one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


def year_field(label: Any) -> forms.IntegerField:
    """A year, or nothing."""
    return forms.IntegerField(label=label, required=False, min_value=1900, max_value=2200)


def figure_field(label: Any) -> forms.DecimalField:
    """A figure of a target, or nothing."""
    return forms.DecimalField(label=label, required=False, max_digits=18, decimal_places=4, localize=True)
