"""From an order to a file: the pictures that the reader may see, the outline, the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.models import Organisation
from senne.core.policy import Actor
from senne.plan.api import freezing, picture_of
from senne.plan.api import picture as pictures
from senne.reports.blocks import Report
from senne.reports.brand import Brand, load_brand
from senne.reports.orders import NotThere, Order
from senne.reports.outline import college, one_page, quarter_hour, sheets, workbook, yearly
from senne.reports.outline.origin import Origin
from senne.reports.writers import docx, pdf, pptx, xlsx

Progress = Callable[[float], None]
TYPES = {"pdf": pdf.CONTENT_TYPE, "docx": docx.CONTENT_TYPE, "pptx": pptx.CONTENT_TYPE, "xlsx": xlsx.CONTENT_TYPE}
PICTURED = 0.05


@dataclass(frozen=True)
class Sources:
    """What a report is drawn from."""

    now: pictures.Picture
    before: pictures.Picture | None
    origin: Origin
    brand: Brand


def make(order: Order, actor: Actor, day: date, progress: Progress = lambda share: None) -> bytes:
    """The file, as the actor may see it. What `progress` raises stops the work.

    Raises NotThere where what it is about is not in the picture, PdfUnavailable where this machine draws no PDF.
    """
    with override(order.language):
        sources = look(order, actor, day)
        progress(PICTURED)
        return _write(order, sources, lambda share: progress(PICTURED + (1 - PICTURED) * share))


def look(order: Order, actor: Actor, day: date) -> Sources:
    """The pictures of the order's moments, cut to what the actor may see. Inside `override`."""
    now = _picture(order, actor, day)
    before = freezing.picture_then(order.since, actor) if order.since else None
    brand = load_brand()
    publisher = now.organisation_name(now.organisation, order.language)
    brand = brand if brand.name else replace(brand, name=publisher)
    if order.organisation:
        now = _naming(now, order.organisation)
    return Sources(now, before, _origin(order, publisher, day), brand)


def _picture(order: Order, actor: Actor, day: date) -> pictures.Picture:
    if order.snapshot:
        return freezing.picture_then(order.snapshot, actor)
    return picture_of(order.plan, actor, day)


def _naming(now: pictures.Picture, code: str) -> pictures.Picture:
    """The picture, with the organisation that the report is about even where it leads nothing."""
    if any(unit.code == code for unit in now.organisations):
        return now
    record = Organisation.objects.filter(code=code).select_related("parent").first()
    if record is None:
        raise NotThere(code[:60])
    unit = pictures.OrganisationPicture(
        code, dict(record.name), record.kind, record.parent.code if record.parent else ""
    )
    return replace(now, organisations=[*now.organisations, unit])


def _origin(order: Order, publisher: str, day: date) -> Origin:
    address = settings.PUBLIC_URL + reverse("site:plan", args=[order.plan.code])
    made = Origin(publisher, day.isoformat(), version("senne"), address)
    if order.snapshot is None:
        return made
    taken = order.snapshot
    return replace(
        made, number=taken.number, name=dict(taken.name), sealed=taken.content_hash, edition=taken.edition, why=taken.reason
    )  # fmt: skip


def _write(order: Order, sources: Sources, progress: Progress) -> bytes:
    now, before, origin, brand = sources.now, sources.before, sources.origin, sources.brand
    language = order.language
    if order.kind == "yearly":
        report = yearly.yearly_report(now, before, language, origin)
        write = pdf.write_pdf if order.format == "pdf" else docx.write_docx
        return write(report, brand, progress)
    if order.kind == "college":
        return pptx.write_pptx(college.college_deck(now, before, language, origin), brand, progress)
    if order.kind == "quarter-hour":
        deck = quarter_hour.quarter_hour_deck(now, language, origin, order.organisation)
        return pptx.write_pptx(deck, brand, progress)
    if order.kind == "workbook":
        return xlsx.write_xlsx(workbook.workbook(now, before, language, origin), brand, progress)
    return pdf.write_on_one_page(one_pages(order, sources), brand)


def one_pages(order: Order, sources: Sources) -> Iterator[Report]:
    """The same page with less and less on it, until it fits."""
    now, language, origin = sources.now, order.language, sources.origin
    if order.kind == "state":
        for room in one_page.ROOMS:
            yield one_page.one_page(now, sources.before, language, origin, order.organisation, room)
        return
    found: Any = now.action(order.code) if order.kind == "action" else now.objective(order.code)
    if found is None:
        raise NotThere(order.code[:60])
    sheet: Any = sheets.action_sheet if order.kind == "action" else sheets.objective_sheet
    for less in sheets.ROOMS:
        yield sheet(now, found, language, origin, less)


def file_name(order: Order, day: date) -> str:
    """'climat-rapport-annuel-2026-11-25.pdf', in the report's language."""
    with override(order.language):
        moment = (order.snapshot.day if order.snapshot else day).isoformat()
        about = order.code or order.organisation
        parts = (order.plan.code, str(order.what.label), about, moment, order.language)
        return f"{slugify(' '.join(filter(None, parts)))}.{order.format}"


def problems(brand: Brand) -> list[dict[str, str]]:
    """What is wrong with the city's files, in three languages, each ending with what was done."""
    told = []
    for problem in brand.problems:
        text = problem.text()
        for language in text:
            with override(language):
                text[language] += " " + _("The report was made with ours instead.")
        told.append(dict(text))
    return told
