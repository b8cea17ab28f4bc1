"""The room as Django knows it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "senne.core"
    label = "core"
