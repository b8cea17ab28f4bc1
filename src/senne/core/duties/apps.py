"""Who owes what by when, as Django knows it."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "senne.core.duties"
    label = "duties"
