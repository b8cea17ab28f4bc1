"""What all editorial pages share: an address under their language, a context with the records they show, no JavaScript."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from senne.site.editorial import live, pictures
from senne.site.editorial.blocks import Body, PlainBody
from senne.site.editorial.languages import Version, versions_of


class EditorialPage(Page):
    """A page whose public address is its place in the tree: '/fr/news/a-title/'."""

    lead = models.TextField(
        _("in one or two sentences"), max_length=300, blank=True, help_text=_("Shown in lists, feeds and shared links.")
    )
    design: ClassVar[str] = "editorial/page.html"
    preview_modes: ClassVar = [("", _("As visitors see it"))]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    promote_panels: ClassVar = [FieldPanel("slug")]
    settings_panels: ClassVar = [PublishingPanel()]
    translated_fields: ClassVar[tuple[str, ...]] = ("title", "lead")

    class Meta:
        abstract = True

    @property
    def path_public(self) -> str:
        """The address without the host."""
        return str(self.url_path)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        """(site, host, path): one site, and no question to the database."""
        return 1, settings.PUBLIC_URL, self.path_public

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str:
        return self.path_public

    url = property(get_url)

    def get_full_url(self, request: HttpRequest | None = None) -> str:
        return settings.PUBLIC_URL + self.path_public

    full_url = property(get_full_url)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return self.design

    def in_languages(self) -> list[Version]:
        """Where the reader finds this page in each language: itself, or the nearest that there is."""
        return versions_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        versions = self.in_languages()
        context |= {
            "today": timezone.localdate(),
            "language": self.locale.language_code,
            "same_page": [(v.code, v.name, v.path) for v in versions],
            "there": [v for v in versions if v.exists],
            "previewed": getattr(request, "is_preview", False),
        }
        return context


class BodyPage(EditorialPage):
    """A page with a body that may show records as they stand."""

    body = StreamField(Body(), verbose_name=_("text"), blank=True)
    content_panels: ClassVar = [*EditorialPage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["section"] = self.get_parent()
        wanted = live.wanted_in(self.body)
        context["live"] = live.gather(wanted, context["today"])
        context["pictures"] = pictures.shown_by_id(pictures.ids_in(self.body.raw_data))
        if context["previewed"]:
            context["gone"] = live.missing(wanted, context["live"])
        return context


class IntroductionPage(EditorialPage):
    """A text that stands on a page of the plan; its own address is that page's."""

    body = StreamField(PlainBody(), verbose_name=_("text"), blank=True)
    content_panels: ClassVar = [FieldPanel("title"), FieldPanel("body")]
    design = "editorial/introduction.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["pictures"] = pictures.shown_by_id(pictures.ids_in(self.body.raw_data))
        return context
