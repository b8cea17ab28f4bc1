"""The kinds of editorial pages, and what may stand where."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from senne.core.text import LANGUAGES
from senne.site.editorial import pictures
from senne.site.editorial.languages import INSTEAD
from senne.site.editorial.models.base import BodyPage, EditorialPage, IntroductionPage

A_PAGE = 12
WITH_LISTS = ("news", "stories", "guides", "publications", "themes")


class LanguageRoot(EditorialPage):
    """Where the pages of one language begin; its slug is the language and its address the home page."""

    is_creatable = False  # made by senne.site.editorial.tree
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "HomeIntroduction",
        "ThemeIntroductions",
        "NewsList",
        "Stories",
        "Guides",
        "Publications",
    ]

    class Meta:
        verbose_name = _("language")


class HomeIntroduction(IntroductionPage):
    """The text of the home page, below where the plan stands."""

    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    translated_fields: ClassVar = ("title",)

    class Meta:
        verbose_name = _("introduction of the home page")

    @property
    def path_public(self) -> str:
        return f"/{self.locale.language_code}/"


class ThemeIntroduction(IntroductionPage):
    """The text at the head of a theme of a plan."""

    plan_code = models.CharField(_("code of the plan"), max_length=60)
    theme_code = models.CharField(_("code of the theme"), max_length=60)
    content_panels: ClassVar = [
        FieldRowPanel([FieldPanel("plan_code"), FieldPanel("theme_code")]),
        *IntroductionPage.content_panels,
        FieldPanel("lead"),
    ]
    parent_page_types: ClassVar = ["ThemeIntroductions"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("introduction of a theme")
        indexes: ClassVar = [models.Index(fields=["plan_code", "theme_code"], name="introduction_of_theme")]

    @property
    def path_public(self) -> str:
        return f"/{self.locale.language_code}/plans/{self.plan_code}/themes/{self.theme_code}/"

    def clean(self) -> None:
        super().clean()
        from senne.site.editorial.blocks import exists
        from senne.site.editorial.references import Reference

        if not exists("part", Reference(self.plan_code, self.theme_code)):
            raise ValidationError({"theme_code": _("There is no such theme in this plan.")})


class Section(EditorialPage):
    """A list of pages of one kind, the newest first."""

    order: ClassVar[tuple[str, ...]] = ("-first_published_at", "-pk")
    design = "editorial/section.html"

    class Meta:
        abstract = True

    def entries(self) -> Any:
        """The published pages of the section."""
        model = self.child_model()
        return model.objects.live().child_of(self).order_by(*self.order)

    @classmethod
    def child_model(cls) -> Any:
        """The one kind of page that stands in the section."""
        return cls.clean_subpage_models()[0]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        page_of = Paginator(self.entries(), A_PAGE).get_page(request.GET.get("page"))
        first = {entry.pk: (pictures.ids_in(entry.body.raw_data) or [0])[0] for entry in page_of}
        drawn = pictures.shown_by_id(number for number in first.values() if number)
        for entry in page_of:
            entry.thumbnail = drawn.get(first[entry.pk])
        came_from = request.GET.get(INSTEAD, "")
        places = self.get_siblings().live().order_by("path").values_list("slug", "title")
        context |= {
            "entries": page_of,
            "instead": came_from if came_from in LANGUAGES else "",
            "places": [place for place in places if place[0] in WITH_LISTS],
        }
        return context


class ThemeIntroductions(Section):
    """The themes in words."""

    is_creatable = False  # made by senne.site.editorial.tree
    order = ("plan_code", "pk")
    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar = ["ThemeIntroduction"]

    class Meta:
        verbose_name = _("introductions of themes")


class NewsList(Section):
    """The news."""

    is_creatable = False  # made by senne.site.editorial.tree
    order = ("-day", "-pk")
    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar = ["News"]

    class Meta:
        verbose_name = _("news")


class Stories(Section):
    """Stories with pictures."""

    is_creatable = False  # made by senne.site.editorial.tree
    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar = ["Story"]

    class Meta:
        verbose_name = _("stories")


class Guides(Section):
    """How to do something oneself."""

    is_creatable = False  # made by senne.site.editorial.tree
    order = ("title", "pk")
    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar = ["Guide"]

    class Meta:
        verbose_name = _("guides")


class Publications(Section):
    """Documents that the city publishes, each with a page that says what is in it."""

    is_creatable = False  # made by senne.site.editorial.tree
    order = ("-day", "-pk")
    parent_page_types: ClassVar = ["LanguageRoot"]
    subpage_types: ClassVar = ["DocumentPage"]

    class Meta:
        verbose_name = _("publications")


class News(BodyPage):
    """Something that happened, with its day."""

    day = models.DateField(_("day"), default=timezone.localdate)
    content_panels: ClassVar = [*EditorialPage.content_panels, FieldPanel("day"), FieldPanel("body")]
    parent_page_types: ClassVar = ["NewsList"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item")


class Story(BodyPage):
    """Something told at length, with pictures."""

    parent_page_types: ClassVar = ["Stories"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("story")


class Guide(BodyPage):
    """What a reader can do, step by step."""

    parent_page_types: ClassVar = ["Guides"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("guide")


class DocumentPage(BodyPage):
    """A document with what is in it, in words: nobody must open a file to know whether it is theirs."""

    day = models.DateField(_("day of the document"), default=timezone.localdate)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("document")
    )
    content_panels: ClassVar = [
        *EditorialPage.content_panels,
        FieldPanel("document"),
        FieldPanel("day"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["Publications"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("publication")
