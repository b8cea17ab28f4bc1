"""What happens when a page comes, goes or moves: kept pages are forgotten, and pages of the plan show the new text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from senne.core import records
from senne.site.editorial import placing


def _page_changed(sender: Any, instance: Any, **_more: Any) -> None:
    page = instance.specific
    ReferenceIndex.create_or_update_for_object(page)  # now, not when the worker has time: its files are public with it
    if place := placing.place_of(page):
        placing.refresh(place, page.locale.language_code)
    records.bump()


def _file_changed(sender: Any, instance: Any, created: bool = False, **_more: Any) -> None:
    if not created:
        records.bump()


def _page_gone(sender: Any, instance: Any, **_more: Any) -> None:
    if isinstance(instance, Page) and type(instance) is not Page:
        if place := placing.place_of(instance):
            placing.refresh(place, instance.locale.language_code)
        records.bump()


def _file_stays(sender: Any, instance: Any, **_more: Any) -> None:
    """A file that a published page shows is not taken away under it."""
    if pages_showing(instance):
        raise PermissionDenied("a published page shows this file")


def pages_showing(file: Any) -> list[int]:
    """Numbers of the published pages that show the picture or link to the document."""
    references = ReferenceIndex.get_references_to(file).values_list("object_id", flat=True)
    return list(Page.objects.live().filter(pk__in=[int(number) for number in references]).values_list("pk", flat=True))


def register() -> None:
    """Called once when the room starts."""
    for number, signal in enumerate((page_published, page_unpublished, post_page_move, page_slug_changed)):
        signal.connect(_page_changed, dispatch_uid=f"senne.editorial.{number}")
    post_delete.connect(_page_gone, dispatch_uid="senne.editorial.gone")
    for model in (Image, Document):
        post_save.connect(_file_changed, sender=model, dispatch_uid=f"senne.editorial.{model.__name__}")
        pre_delete.connect(_file_stays, sender=model, dispatch_uid=f"senne.editorial.stays.{model.__name__}")
