"""Masters, layouts and what every slide needs in its XML: our own master, the city's, languages, alternative texts."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from senne.reports.brand import Brand
from senne.reports.brand_checks import title_of

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
REGIONS = {"fr": "fr-BE", "nl": "nl-BE", "en": "en-GB"}
NAMES = {"— Français —": "fr", "— Nederlands —": "nl", "— English —": "en"}
_BAND = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<p:nvSpPr><p:cNvPr id="90" name="band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def ours(brand: Brand) -> Any:
    """An empty presentation, 16:9, whose master wears the city's colour: who changes the master changes every slide."""
    presentation: Any = Presentation()
    ratio = WIDTH / presentation.slide_width
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    master = presentation.slide_master
    for shape in (*list(master.shapes), *(shape for layout in master.slide_layouts for shape in layout.shapes)):
        if shape.element.find(f".//{qn('a:xfrm')}") is not None:
            shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)
    _place(title_of(master) or master.placeholders[0], 26, 72)
    band = _BAND.format(wide=WIDTH, high=Pt(12), colour=brand.colour.lstrip("#").upper())
    master.shapes._spTree.insert(2, etree.fromstring(band))  # noqa: S320 (our own text)
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    _wear(style.find(qn("a:defRPr")), 28, brand.colour)
    cover = presentation.slide_layouts[0]
    for shape in (title_of(master) or master.placeholders[0], *cover.placeholders):
        shape.text_frame.margin_left = 0
    for shape in cover.placeholders:
        if shape.placeholder_format.idx == 0:
            _place(shape, 150, 120)
        elif shape.placeholder_format.idx == 1:
            _place(shape, 285, 70)
            _left(shape)
    return presentation


def _place(shape: Any, top: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(40), Pt(top), WIDTH - Pt(80), Pt(height)


def _wear(properties: Any, size: int, colour: str) -> None:
    """Size, weight and colour of a default run of the master."""
    properties.set("sz", str(size * 100))
    properties.set("b", "1")
    for old in properties.findall(qn("a:solidFill")):
        properties.remove(old)
    fill = etree.SubElement(properties, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.lstrip("#").upper())
    properties.insert(0, fill)


def _left(shape: Any) -> None:
    """The subtitle at the left, as the title."""
    for level in shape.element.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")


def layouts(presentation: Any) -> tuple[Any, Any]:
    """(of the cover, of the other slides): the first with a title and a subtitle, and the barest that has a title."""
    titled = [layout for layout in presentation.slide_layouts if title_of(layout) is not None]
    with_subtitle = [x for x in titled if any(p.placeholder_format.idx == 1 for p in x.placeholders)]
    barest = min(titled, key=lambda layout: sum(_wants_content(shape) for shape in layout.placeholders))
    return (with_subtitle or titled)[0], barest


def _wants_content(shape: Any) -> bool:
    """Whether the place is for text or pictures of the slide (not date, footer, number)."""
    return shape.placeholder_format.idx not in {0, 10, 11, 12}


def without_slides(presentation: Any) -> None:
    """Take away the slides of a base: its masters are what we came for."""
    slides = presentation.slides._sldIdLst
    for entry in list(slides):
        presentation.part.drop_rel(entry.rId)
        slides.remove(entry)


def drop_empty(slide: Any) -> None:
    """Take away places that hold nothing, so that no 'click to add text' is left."""
    for shape in list(slide.placeholders):
        if shape.has_text_frame and not shape.text_frame.text:
            shape.element.getparent().remove(shape.element)


def describe(shape: Any, text: str) -> None:
    """The alternative text."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", text)


def bullet(paragraph: Any, indent: float) -> None:
    """A real bullet, as the word processor of slides knows it."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(indent)))
    properties.set("indent", str(-Pt(indent)))
    etree.SubElement(properties, qn("a:buFont")).set("typeface", "Arial")
    etree.SubElement(properties, qn("a:buChar")).set("char", "•")


def speak(presentation: Any, language: str) -> None:
    """Every run knows its language; notes in several languages change it where they say so."""
    for slide in presentation.slides:
        for run in slide.element.iter(qn("a:r")):
            _say(run, language)
        if slide.has_notes_slide:
            now = language
            for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
                now = NAMES.get(paragraph.text.strip(), now)
                for run in paragraph._p.iter(qn("a:r")):
                    _say(run, now)


def _say(run: Any, language: str) -> None:
    properties = run.find(qn("a:rPr"))
    if properties is None:
        properties = etree.SubElement(run, qn("a:rPr"))
        run.insert(0, properties)
    properties.set("lang", REGIONS[language])
