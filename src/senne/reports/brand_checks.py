"""Can this file of the city be used? Each check returns what writers need, or raises BrandProblem with what is wrong."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from senne.core.text import LANGUAGES, Text

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
LARGEST = 20 * 1024 * 1024
CONTRAST = 4.5
STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Table Grid")
SVG = "{http://www.w3.org/2000/svg}"

TOO_LARGE = gettext_noop("%(file)s weighs more than %(limit)s MB.")
NOT_TOML = gettext_noop("%(file)s cannot be read: %(error)s")
UNKNOWN = gettext_noop(
    "%(file)s: “%(key)s” is not one of name, colour, ink, or its value is not a text between quotes."
)
NOT_COLOUR = gettext_noop("%(file)s: %(key)s = “%(value)s” is not a colour such as #0a6245.")
TOO_PALE = gettext_noop(
    "%(file)s: %(key)s = “%(value)s” is too pale to be read on white (contrast %(contrast)s; at least %(least)s is needed)."
)
NOT_DRAWING = gettext_noop("%(file)s is not an SVG drawing.")
DRAWING_RUNS = gettext_noop(
    "%(file)s holds a script or points outside itself (%(what)s): export it as a plain drawing."
)
NOT_PICTURE = gettext_noop("%(file)s is not a PNG or JPEG picture.")
NOT_DOCX = gettext_noop("%(file)s is not a Word document (.docx).")
NO_STYLES = gettext_noop(
    "%(file)s lacks the styles %(styles)s: add them in Word (type a text in each, save, remove it)."
)
NOT_PPTX = gettext_noop("%(file)s is not a PowerPoint presentation (.pptx).")
NO_LAYOUT = gettext_noop("%(file)s has no layout with a title: add one to its master.")
NOT_STYLE = gettext_noop("%(file)s is not a style sheet in UTF-8.")
BAD_STYLE = gettext_noop("%(file)s, line %(line)s: this is not CSS (%(error)s).")


class BrandProblem(Exception):
    """A file of the city that cannot be used. `message` is a gettext id; `text()` says it in three languages."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message % values)
        self.message, self.values = message, values

    def text(self) -> Text:
        found = Text()
        for language in LANGUAGES:
            with override(language):
                found[language] = _(self.message) % self.values
        return found


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise BrandProblem(TOO_LARGE, file=path.name, limit=LARGEST // (1024 * 1024))
    return path.read_bytes()


# ---- brand.toml ---------------------------------------------------------------------------------------------------


def read_toml(path: Path) -> Mapping[str, object]:
    """The values of the file, as they stand."""
    try:
        return tomllib.loads(_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrandProblem(NOT_TOML, file=path.name, error=error) from error


def good_values(values: Mapping[str, object], file: str = "brand.toml") -> tuple[dict[str, str], list[BrandProblem]]:
    """Those that can be used, and what is wrong with the others."""
    good, problems = {}, []
    for key, value in values.items():
        if key not in {"name", "colour", "ink"} or not isinstance(value, str):
            problems.append(BrandProblem(UNKNOWN, file=file, key=key))
        elif key == "name":
            good[key] = value.strip()[:200]
        elif not COLOUR.match(value):
            problems.append(BrandProblem(NOT_COLOUR, file=file, key=key, value=value))
        elif (found := contrast_on_white(value)) < CONTRAST:
            said = {"key": key, "value": value, "contrast": f"{found:.1f}", "least": CONTRAST}
            problems.append(BrandProblem(TOO_PALE, file=file, **said))
        else:
            good[key] = value
    return good, problems


def contrast_on_white(colour: str) -> float:
    """Contrast ratio of WCAG 2.2 (definition "contrast ratio") between a colour '#rrggbb' and white."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


# ---- The logo -----------------------------------------------------------------------------------------------------


def usable_drawing(path: Path) -> Path:
    """An SVG without script, whose references stay inside it."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(_bytes(path))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BrandProblem(NOT_DRAWING, file=path.name) from error
    if root.tag != f"{SVG}svg":
        raise BrandProblem(NOT_DRAWING, file=path.name)
    for element in root.iter():
        if found := _reaches_out(element):
            raise BrandProblem(DRAWING_RUNS, file=path.name, what=found)
    return path


def _reaches_out(element: Any) -> str:
    """What in the element runs, or fetches from elsewhere; empty where nothing does."""
    name = str(element.tag).rsplit("}", 1)[-1].lower()
    if name in {"script", "foreignobject", "iframe"}:
        return f"<{name}>"
    for key, value in element.attrib.items():
        attribute = key.rsplit("}", 1)[-1].lower()
        if attribute.startswith("on"):
            return attribute
        if attribute in {"href", "src"} and not value.strip().startswith(("#", "data:image/")):
            return f"{attribute}={value[:60]}"
    return ""


def usable_picture(path: Path) -> Path:
    """A PNG or JPEG that opens."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(_bytes(path)), formats=("PNG", "JPEG")) as picture:
            picture.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BrandProblem(NOT_PICTURE, file=path.name) from error
    return path


def picture_of(drawing: Path) -> bytes | None:
    """The drawing as a PNG some 800 points wide, cut to what is drawn; None where this machine cannot draw."""
    import pypdfium2

    from senne.reports.writers.pdf import PdfUnavailable, draw

    try:
        page = pypdfium2.PdfDocument(draw(drawing))[0]
    except PdfUnavailable:
        return None
    whole = page.render(scale=800 / page.get_width(), fill_color=(0, 0, 0, 0)).to_pil()
    buffer = io.BytesIO()
    whole.crop(whole.getbbox() or (0, 0, 1, 1)).save(buffer, "PNG")
    return buffer.getvalue()


# ---- Base documents -----------------------------------------------------------------------------------------------


def usable_document(path: Path) -> Path:
    """A Word document that has the styles which a report is written in."""
    import docx

    try:
        document = docx.Document(io.BytesIO(_bytes(path)))
        lacking = [name for name in STYLES if name not in document.styles]
    except BrandProblem:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise BrandProblem(NOT_DOCX, file=path.name) from error
    if lacking:
        raise BrandProblem(NO_STYLES, file=path.name, styles=", ".join(lacking))
    return path


def usable_presentation(path: Path) -> Path:
    """A presentation that has a layout with a title."""
    import pptx

    try:
        layouts = pptx.Presentation(io.BytesIO(_bytes(path))).slide_layouts
        titled = [layout for layout in layouts if title_of(layout) is not None]
    except BrandProblem:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise BrandProblem(NOT_PPTX, file=path.name) from error
    if not titled:
        raise BrandProblem(NO_LAYOUT, file=path.name)
    return path


def title_of(layout: Any) -> Any:
    """The layout's place for a title, or None."""
    return next((shape for shape in layout.placeholders if shape.placeholder_format.idx == 0), None)


def usable_style(path: Path) -> str:
    """A style sheet whose rules can be read."""
    import tinycss2

    try:
        text = _bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrandProblem(NOT_STYLE, file=path.name) from error
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        inside = [rule, *getattr(rule, "prelude", [])]
        if rule.type == "qualified-rule":
            inside += tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
        for part in inside:
            if part.type == "error":
                raise BrandProblem(BAD_STYLE, file=path.name, line=part.source_line, error=part.message)
    return text
