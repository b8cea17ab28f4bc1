"""Texts in several languages: one value, one column, French first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "nl", "en")
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English"}
SOURCE_LANGUAGE = "fr"


class Text(dict[str, str]):
    """A text by language code. `str()` gives the reader's language, or else the source, or else any that is there."""

    def __str__(self) -> str:
        return self.shown()[0]

    def __bool__(self) -> bool:
        return any(self.values())

    def shown(self, language: str | None = None) -> tuple[str, str]:
        """(text, language code of that text) for a reader of `language` (default: the active one)."""
        for code in (language or reader_language(), SOURCE_LANGUAGE, *LANGUAGES):
            if self.get(code):
                return self[code], code
        return "", SOURCE_LANGUAGE

    def missing(self) -> list[str]:
        """Languages in which a text that exists has not been written yet."""
        return [code for code in LANGUAGES if not self.get(code)] if self else []


def reader_language() -> str:
    """The active language as one of ours ('fr-be' is 'fr')."""
    code = (get_language() or SOURCE_LANGUAGE)[:2]
    return code if code in LANGUAGES else SOURCE_LANGUAGE


def as_text(value: Any) -> Text:
    """A Text from a Text, a mapping, a plain string (taken as French) or None. Empty languages are dropped."""
    if value is None:
        return Text()
    if isinstance(value, str):
        return Text({SOURCE_LANGUAGE: value}) if value else Text()
    if isinstance(value, Mapping):
        return Text({str(code): str(text) for code, text in value.items() if text})
    raise TypeError(f"not a text in languages: {value!r}")


def the_same(text: str) -> Text:
    """A text that is what it is in every language: somebody's own words, a reference."""
    return Text(dict.fromkeys(LANGUAGES, text)) if text else Text()


def in_languages(sentence: Callable[[], str], **parts: Text | str) -> Text:
    """A sentence of ours in every language: `sentence` gives it in the active one, `parts` fill its placeholders."""
    found = Text()
    for code in LANGUAGES:
        with override(code):
            shown = {name: part.shown(code)[0] if isinstance(part, Text) else part for name, part in parts.items()}
            found[code] = sentence() % shown
    return found


class TextField(models.JSONField):
    """A column that holds a Text as {"fr": …, "nl": …, "en": …}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        self.required = kwargs.pop("required", False)
        kwargs["blank"] = not self.required
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("blank", None)
        if self.required:
            kwargs["required"] = True
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value == "{}":
            return Text()
        loaded = super().from_db_value(value, expression, connection)
        if isinstance(loaded, dict) and all(loaded.values()):
            return Text(loaded)
        return as_text(loaded) if loaded is None or isinstance(loaded, dict) else loaded

    def to_python(self, value: Any) -> Text:
        return as_text(value)

    def clean(self, value: Any, model_instance: models.Model | None) -> Text:
        text = as_text(value)
        unknown = set(text) - set(LANGUAGES)
        if unknown:
            raise ValidationError(_("Unknown language: %(code)s."), params={"code": ", ".join(unknown)})
        if self.required and not text:
            raise ValidationError(_("Write this text in at least one language."))
        return text
