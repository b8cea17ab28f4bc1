"""Form fields for what Senne's records hold: texts in three languages, dates to the day, month or year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.core.periods import PartialDate, parse_partial
from senne.core.text import LANGUAGES, Text

NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English"}


class TextWidget(forms.MultiWidget):
    """One input per language, each labelled with its language."""

    template_name = "workspace/widgets/text.html"

    def __init__(self, rows: int = 1) -> None:
        def one(code: str) -> forms.Widget:
            attrs = {"lang": code}
            return forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)

        super().__init__({code: one(code) for code in LANGUAGES})

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, code in zip(context["widget"]["subwidgets"], LANGUAGES, strict=True):
            part["language_name"] = NAMES[code]
        return context

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else ""


class TextFormField(forms.MultiValueField):
    """A Text; required means: in at least one language."""

    def __init__(self, *, rows: int = 1, max_length: int | None = None, required: bool = False, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False, max_length=max_length) for _code in LANGUAGES]
        super().__init__(fields=fields, widget=TextWidget(rows), required=required, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> Text:
        return Text({code: text for code, text in zip(LANGUAGES, data_list or ("", "", ""), strict=True) if text})

    def clean(self, value: Any) -> Text:
        return super().clean(value) or Text()


class PartialDateField(forms.CharField):
    """'2026', '2026-09' or '2026-09-15'."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("A year (2026), a month (2026-09) or a day (2026-09-15)."))
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_partial(text)
        except ValueError:
            raise ValidationError(
                _("“%(value)s” is not a date. Write a year (2026), a month (2026-09) or a day (2026-09-15)."),
                params={"value": text},
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, PartialDate) else value
