"""The city's face: its files are used; one that cannot be says why, in three languages, and ours stands in."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils.translation import override
from docx.shared import Cm, RGBColor
from PIL import Image
from pptx import Presentation
from pptx.util import Emu

from senne.reports.brand import Brand, fingerprint, load_brand
from senne.reports.brand_checks import contrast_on_white
from senne.reports.making import problems
from senne.reports.outline.college import college_deck
from senne.reports.outline.yearly import yearly_report
from senne.reports.writers.docx import write_docx
from senne.reports.writers.pdf import write_pdf
from senne.reports.writers.pptx import write_pptx
from tests.reports.pictures import ORIGIN, usual

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><circle cx="10" cy="10" r="9" fill="#0a6245"/></svg>'
)


@pytest.fixture
def face(tmp_path: Path) -> Path:
    """An empty folder for a city's face."""
    return tmp_path


def png(folder: Path, name: str = "logo.png") -> None:
    Image.new("RGB", (120, 40), "#0a6245").save(folder / name)


def pdf_of(brand: Brand) -> bytes:
    with override("fr"):
        return write_pdf(yearly_report(usual(), None, "fr", ORIGIN), brand)


def deck_of(brand: Brand) -> Any:
    with override("fr"):
        return Presentation(io.BytesIO(write_pptx(college_deck(usual(), None, "fr", ORIGIN), brand)))


def document_of(brand: Brand) -> Any:
    with override("fr"):
        return docx.Document(io.BytesIO(write_docx(yearly_report(usual(), None, "fr", ORIGIN), brand)))


def told(brand: Brand) -> list[str]:
    return [problem.text()["en"] for problem in brand.problems]


def test_no_folder_means_ours(face: Path) -> None:
    brand = load_brand(face / "nothing")
    assert (brand.colour, brand.logo, brand.problems) == ("#0A6245", None, ())


def test_name_and_colours_are_the_citys(face: Path) -> None:
    (face / "brand.toml").write_text('name = "Ville de Test"\ncolour = "#7A1F5C"\nink = "#101010"\n', encoding="utf-8")
    brand = load_brand(face)
    assert (brand.name, brand.colour, brand.ink, brand.problems) == ("Ville de Test", "#7A1F5C", "#101010", ())
    master = deck_of(brand).slide_master.element.xml
    assert "7A1F5C" in master
    assert document_of(brand).styles["Heading 1"].font.color.rgb == RGBColor.from_string("7A1F5C")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "green"', "“green” is not a colour"),
        ('colour = "#eeeeee"', "too pale to be read on white (contrast 1.2"),
        ("colour = 12", "“colour” is not one of"),
        ('font = "Arial"', "“font” is not one of"),
        ('name = "half', "cannot be read"),
    ],
)
def test_a_fault_in_brand_toml_is_told_and_the_rest_is_used(face: Path, text: str, said: str) -> None:
    first = "" if "half" in text else 'ink = "#222222"\n'
    (face / "brand.toml").write_text(f"{first}{text}\n", encoding="utf-8")
    brand = load_brand(face)
    assert brand.colour == "#0A6245"
    assert brand.ink == ("#222222" if first else "#14201B")
    assert len(told(brand)) == 1
    assert said in told(brand)[0]


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast_on_white("#000000"), 1) == 21.0
    assert round(contrast_on_white("#767676"), 2) == 4.54
    assert contrast_on_white("#ffffff") == 1.0


BROKEN = {
    "brand.toml": b"\xff\xfe nothing",
    "logo.svg": b"<html></html>",
    "logo.png": b"GIF89a not a png",
    "report.docx": b"PK nothing",
    "deck.pptx": b"PK nothing",
    "report.css": b"h2 { color: red; }\nh3 { colour red }",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_so_in_three_languages_and_the_report_is_made(face: Path, name: str) -> None:
    (face / name).write_bytes(BROKEN[name])
    brand = load_brand(face)
    [note] = problems(brand)
    assert set(note) == {"fr", "nl", "en"}
    assert len(set(note.values())) == 3
    assert all(name in text for text in note.values())
    assert note["en"].endswith("The report was made with ours instead.")
    assert pdf_of(brand).startswith(b"%PDF")
    assert deck_of(brand).slides
    assert document_of(brand).paragraphs


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect onload="x()"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="http://x.example/a.png"/></svg>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
    ],
)  # fmt: skip
def test_a_drawing_that_runs_or_reaches_out_is_no_logo(face: Path, drawing: str) -> None:
    (face / "logo.svg").write_text(drawing)
    brand = load_brand(face)
    assert brand.logo is None
    assert "logo.svg" in told(brand)[0]


def test_a_drawing_becomes_a_picture_where_one_is_needed(face: Path) -> None:
    (face / "logo.svg").write_text(DRAWING)
    brand = load_brand(face)
    assert brand.logo == face / "logo.svg"
    assert brand.bitmap is not None
    picture = Image.open(io.BytesIO(brand.bitmap))
    assert picture.format == "PNG"
    assert picture.width == pytest.approx(picture.height, rel=0.05), "cut to the circle that is drawn"
    cover = deck_of(brand).slides[0]
    assert [shape.element.xpath(".//p:cNvPr")[0].get("descr") for shape in cover.shapes if shape.shape_type == 13] == [
        "Logo"
    ]


def test_a_picture_alone_serves_everywhere(face: Path) -> None:
    png(face)
    brand = load_brand(face)
    assert brand.logo == face / "logo.png"
    assert len(document_of(brand).inline_shapes) == 1
    assert b"/Image" in pdf_of(brand)


def test_the_citys_document_gives_styles_and_margins_and_loses_its_text(face: Path) -> None:
    base = docx.Document()
    base.styles["Heading 1"].font.name = "Georgia"
    base.sections[0].left_margin = Cm(4)
    base.sections[0].header.paragraphs[0].text = "Ville de Test"
    base.add_paragraph("Lorem ipsum")
    base.save(str(face / "report.docx"))
    document = document_of(load_brand(face))
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[0].left_margin == pytest.approx(Cm(4), abs=1000)
    assert document.sections[0].header.paragraphs[0].text == "Ville de Test"
    assert "Lorem ipsum" not in "\n".join(p.text for p in document.paragraphs)
    assert any(p.style.name == "Heading 1" for p in document.paragraphs)


def test_a_document_without_the_styles_names_them(face: Path) -> None:
    base = docx.Document()
    for name in ("List Bullet", "Heading 3"):
        base.styles[name].delete()
    base.save(str(face / "report.docx"))
    brand = load_brand(face)
    assert brand.docx is None
    assert "Heading 3, List Bullet" in told(brand)[0]


def test_the_citys_deck_gives_master_and_size_and_loses_its_slides(face: Path) -> None:
    base = Presentation()
    base.slide_width, base.slide_height = Emu(9_144_000), Emu(6_858_000)
    base.slides.add_slide(base.slide_layouts[0]).shapes.title.text = "Lorem ipsum"
    base.slide_layouts[5].name = "Ville: titre seul"
    base.save(str(face / "deck.pptx"))
    deck = deck_of(load_brand(face))
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert "Lorem ipsum" not in [slide.shapes.title.text for slide in deck.slides]
    assert deck.slides[1].slide_layout.name == "Ville: titre seul"
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width + 2
            assert shape.top + shape.height <= deck.slide_height + 2


def test_a_deck_without_a_title_anywhere_is_refused(face: Path) -> None:
    base = Presentation()
    for layout in base.slide_layouts:
        for shape in list(layout.placeholders):
            shape.element.getparent().remove(shape.element)
    base.save(str(face / "deck.pptx"))
    assert "no layout with a title" in told(load_brand(face))[0]


def test_a_change_of_a_file_is_noticed(face: Path) -> None:
    assert fingerprint(face) == ""
    png(face)
    first = fingerprint(face)
    (face / "brand.toml").write_text('name = "X"')
    assert fingerprint(face) not in {"", first}
    assert load_brand(face).name == "X"
    (face / "brand.toml").write_text('name = "Y"')
    assert load_brand(face).name == "Y"


# ---- Nothing is fetched -------------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_no_address_makes_the_server_ask_anybody(face: Path, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    (face / "report.css").write_text(
        f"@import url('{address}/a.css'); @font-face {{ font-family: x; src: url({address}/b.woff) }}\n"
        f"h2 {{ background: url({address}/c.png); font-family: x }} body {{ background: url(file:///etc/hostname) }}\n"
    )
    (face / "logo.svg").write_text(DRAWING.replace("<circle", f'<rect style="fill:url({address}/d.svg#x)" /><circle'))
    assert pdf_of(load_brand(face)).startswith(b"%PDF")
    assert asked == []


def test_files_of_the_citys_own_folder_may_be_used_and_no_others(face: Path) -> None:
    png(face, "paper.png")
    brand = Brand(folder=face)
    assert brand.owns((face / "paper.png").as_uri())
    assert brand.owns("data:image/png;base64,xx")
    for other in ("http://x.example/a", "https://x.example/a", "ftp://x.example/a", "file:///etc/passwd",
                  f"{face.as_uri()}/../../etc/passwd", "file://x.example/etc/passwd", "/etc/passwd"):  # fmt: skip
        assert not brand.owns(other), other
    (face / "away.png").symlink_to("/etc/hostname")
    assert not brand.owns((face / "away.png").as_uri())
    assert not Brand().owns("file:///etc/passwd")
