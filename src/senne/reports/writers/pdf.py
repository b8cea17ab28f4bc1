"""A report as a tagged PDF (PDF/UA-1): structure, language, title, bookmarks and table heads for those who cannot see it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from senne.reports.blocks import Curve, Report, Table
from senne.reports.brand import Brand

STYLE = Path(__file__).resolve().parents[1] / "static" / "reports" / "report.css"
CONTENT_TYPE = "application/pdf"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
Progress = Callable[[float], None]
_told: ContextVar[Callable[[str], None] | None] = ContextVar("told of each page", default=None)


class PdfUnavailable(Exception):
    """The system library that draws text, Pango, is not on this machine."""


def write_pdf(report: Report, brand: Brand, progress: Progress = lambda share: None) -> bytes:
    """The PDF's bytes. `progress` is told how far the work is, 0 to 1, at each page; what it raises stops the work.

    Raises PdfUnavailable where Pango is missing.
    """
    return _written(_laid_out(report, brand, progress), progress)


def write_on_one_page(reports: Iterable[Report], brand: Brand) -> bytes:
    """The first of the reports that fits on one page, in smaller type if need be; the last one where none does."""
    document = None
    for report in reports:
        for size in ("", "small"):
            document = _laid_out(report, brand, size=size)
            if len(document.pages) == 1:
                return _written(document)
    assert document is not None
    return _written(document)


def draw(drawing: Path) -> bytes:
    """An SVG file alone on a page of its own size, as a PDF. Raises PdfUnavailable where Pango is missing."""
    weasyprint = _weasyprint()
    brand = Brand(folder=drawing.parent)
    html = f'<img alt="" src="{drawing.as_uri()}" style="display:block;width:300pt">'
    page = weasyprint.CSS(string="@page{size:300pt 900pt;margin:0}body{margin:0}")
    document = weasyprint.HTML(string=html, url_fetcher=_only(brand)).render(stylesheets=[page])
    content: bytes = document.write_pdf()
    return content


def _weasyprint() -> Any:
    """The library: a second, and only when a PDF is made."""
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(str(error)) from error
    return weasyprint


def _laid_out(report: Report, brand: Brand, progress: Progress = lambda share: None, size: str = "") -> Any:
    weasyprint = _weasyprint()
    progress(0.02)
    context = {"report": report, "brand": brand, "logo": brand.logo.as_uri() if brand.logo else "", "size": size}
    html = render_to_string("reports/document.html", context)
    fetcher = _only(brand)
    sheets = [weasyprint.CSS(string=_colours(brand)), weasyprint.CSS(filename=str(STYLE))]
    if brand.css:
        sheets.append(weasyprint.CSS(string=brand.css, base_url=brand.folder_uri, url_fetcher=fetcher))
    pages = expected_pages(report)
    with _listening(lambda message: progress(_share(message, pages))):
        return weasyprint.HTML(string=html, base_url=STYLE.parent.as_uri(), url_fetcher=fetcher).render(
            stylesheets=sheets
        )


def _written(document: Any, progress: Progress = lambda share: None) -> bytes:
    from senne.reports.writers.tagging import finish

    progress(0.9)
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    progress(1.0)
    return content


def expected_pages(report: Report) -> int:
    """About how many pages the report will take: for the progress bar, which never stands at the end before it is."""
    sizes = {Table: lambda block: len(block.rows) + 2, Curve: lambda block: 4}
    rows = sum(sizes.get(type(block), lambda block: 1.5)(block) for block in report.blocks)
    return max(1, round(rows / 16))


def _share(message: str, pages: int) -> float:
    """How far the work is (0 to 0.88) when the library says it lays out page n."""
    _words, _sep, number = message.rpartition("Page ")
    return 0.05 + 0.83 * min(1.0, int(number) / pages) if number.isdecimal() else 0.04


class _Ear(logging.Handler):
    """Hears what the library says of its progress; each thread's own work is told to that thread alone."""

    def emit(self, record: logging.LogRecord) -> None:
        if tell := _told.get():
            tell(record.getMessage())


_progress_log = logging.getLogger("weasyprint.progress")
_ear = _Ear()


def _prick_up() -> None:
    """Hear the library again, whatever a configuration of logging made of its loggers since."""
    _progress_log.disabled, _progress_log.propagate = False, False
    _progress_log.setLevel(logging.INFO)
    _progress_log.addHandler(_ear)


@contextmanager
def _listening(tell: Callable[[str], None]) -> Iterator[None]:
    _prick_up()
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


def _only(brand: Brand) -> Any:
    """Nothing is fetched but what lies in the city's own folder: no address in a text, a logo or a style sheet makes the
    server ask anybody for anything."""
    from weasyprint.urls import URLFetcher

    class OnlyOurs(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> Any:
            if not brand.owns(url):
                raise ValueError(f"not fetched: {url}")
            return super().fetch(url, headers)

    return OnlyOurs()


def _colours(brand: Brand) -> str:
    widths = "".join(f".w{n}{{width:{n}%}}" for n in range(101))
    return f":root{{--brand:{brand.colour};--ink:{brand.ink}}}{widths}"
