"""The room as Django knows it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "senne.demo"
    label = "demo"
