"""The room as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "senne.site"
    label = "site"

    def ready(self) -> None:
        from senne.core import chores
        from senne.site.following import telling
        from senne.site.sharing import pictures

        chores.also("mails to who follows", telling.tell)
        chores.also("followings of what is gone", telling.forget)
        chores.also("share pictures removed", pictures.forget)
