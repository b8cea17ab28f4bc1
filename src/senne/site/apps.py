"""The room as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "senne.site"
    label = "site"
