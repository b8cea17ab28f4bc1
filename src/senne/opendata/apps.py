"""The room as Django knows it."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "senne.opendata"
    label = "opendata"
