"""What we ask of Wagtail's editor: our pages in its menus, a warning, dates without inline script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button

from senne.core.text import LANGUAGES
from senne.site.editorial import live, translating, waiting
from senne.site.editorial.views import admin


@hooks.register("register_admin_urls")
def our_pages() -> list[Any]:
    return [
        path("translations/", admin.translations, name="editorial_translations"),
        path("translations/<int:number>/<slug:language>/", admin.beside, name="editorial_beside"),
        path("review/", admin.reviews, name="editorial_reviews"),
        path("review/<int:number>/", admin.review, name="editorial_review"),
        path("review/<int:number>/take-back/", admin.take_back, name="editorial_take_back"),
        path("offline/<int:number>/", admin.offline, name="editorial_offline"),
    ]


@hooks.register("register_admin_menu_item")
def translations_item() -> MenuItem:
    return MenuItem(gettext_lazy("Translations"), reverse("editorial_translations"), icon_name="globe", order=250)


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    return MenuItem(gettext_lazy("Reviews"), reverse("editorial_reviews"), icon_name="check", order=240)


@hooks.register("register_admin_menu_item")
def site_item() -> MenuItem:
    return MenuItem(gettext_lazy("My work"), reverse("workspace:home"), icon_name="home", order=10)


class WaitingPanel(Component):
    """On the editor's first page: what waits, and how far the languages are."""

    order = 50
    template_name = "editorial/admin/panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        rows = translating.rows()
        return {"queue": waiting.queue(parent_context["request"].user), "shares": translating.shares(rows)}


@hooks.register("construct_homepage_panels")
def our_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, WaitingPanel())


@hooks.register("insert_global_admin_js")
def our_script() -> SafeString:
    """Date fields open their calendar without a script inside the page (the policy allows none)."""
    return format_html('<script src="{}" defer></script>', static("editorial/dates.js"))


@hooks.register("insert_global_admin_css")
def our_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("editorial/admin.css"))


@hooks.register("register_page_header_buttons")
def our_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if page.depth < 3:
        return
    if page.workflow_in_progress:
        yield Button(_("Review"), reverse("editorial_review", args=[page.pk]), icon_name="check", priority=5)
    own = page.locale.language_code
    for code in LANGUAGES:
        if code != own:
            label = _("Beside its source: %(language)s") % {"language": code.upper()}
            yield Button(label, reverse("editorial_beside", args=[page.pk, code]), icon_name="globe", priority=70)
    if page.live or page.scheduled_revision is not None:
        yield Button(_("Off the site"), reverse("editorial_offline", args=[page.pk]), icon_name="download", priority=80)


@hooks.register("before_edit_page")
def warn_of_gone_records(request: HttpRequest, page: Any) -> None:
    """Blocks whose record is not public (any more) show nothing to visitors: the editor is told."""
    body = getattr(page, "body", None)
    if request.method != "GET" or body is None:
        return
    wanted = live.wanted_in(body)
    if gone := live.missing(wanted, live.gather(wanted, timezone.localdate())):
        text = _("Not public (any more), and therefore not shown to visitors: %(which)s.")
        messages.warning(request, text % {"which": ", ".join(gone)})
