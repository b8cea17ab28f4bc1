"""The room as Django knows it."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "senne.workspace"
    label = "workspace"
