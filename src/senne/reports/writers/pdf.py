"""A report as a tagged PDF (PDF/UA-1): structure, language, title, bookmarks and table heads for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.template.loader import render_to_string

from senne.reports.blocks import Bars, Report
from senne.reports.brand import Brand

STYLE = Path(__file__).resolve().parents[1] / "static" / "reports" / "report.css"
CONTENT_TYPE = "application/pdf"


def write_pdf(report: Report, brand: Brand, progress: Callable[[float], None] = lambda share: None) -> bytes:
    """The PDF's bytes. `progress` is told how far the work is, 0 to 1."""
    from weasyprint import CSS, HTML  # a second: only when a PDF is made

    progress(0.1)
    html = render_to_string(
        "reports/document.html",
        {"report": report, "brand": brand, "logo": brand.logo.as_uri() if brand.logo else ""},
    )
    sheets = [CSS(string=_colours(brand)), CSS(filename=str(STYLE))]
    if brand.css:
        sheets.append(CSS(filename=str(brand.css)))
    document = HTML(string=html, base_url=str(STYLE.parent), url_fetcher=_only(brand)).render(stylesheets=sheets)
    progress(0.8)
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    progress(1.0)
    return content


def _only(brand: Brand) -> object:
    """Nothing is fetched but the city's own logo: no address in a text can make the server ask for anything."""
    from weasyprint.urls import URLFetcher

    allowed = {brand.logo.as_uri()} if brand.logo else set()

    class OnlyOurs(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> object:
            if url not in allowed:
                raise ValueError(f"not fetched: {url}")
            return super().fetch(url, headers)

    return OnlyOurs()


def _colours(brand: Brand) -> str:
    widths = "".join(f".w{n}{{width:{n}%}}" for n in range(101))
    return f":root{{--brand:{brand.colour};--ink:{brand.ink}}}{widths}"


def widths(chart: Bars) -> list[int]:
    """The width of each bar in per cent of the longest (or of 100 where the values are per cents)."""
    longest = max((bar.value for bar in chart.bars), default=0)
    if all(bar.shown.endswith("%") or bar.shown == "–" for bar in chart.bars):
        longest = 100
    return [round(100 * bar.value / longest) if longest else 0 for bar in chart.bars]
