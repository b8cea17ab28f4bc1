"""Addresses that are kept: without a language, since each reader opens them in their own."""

from __future__ import annotations

from django.urls import reverse


def path_without_language(name: str, *args: object) -> str:
    """The path of a page by the name of its view, from the slash after the language on ('/plans/CLIMAT/')."""
    return reverse(name, args=args)[len("/fr") :]
