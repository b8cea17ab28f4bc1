"""The room as Django knows it."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "senne.config"
    label = "config"
