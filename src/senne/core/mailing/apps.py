"""The room's part that writes to people, as Django knows it."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "senne.core.mailing"
    label = "mailing"
