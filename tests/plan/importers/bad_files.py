"""Files that are not what they should be, made by real libraries where there is one that makes such files."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import msoffcrypto.format.ooxml
import xlwt
from odf.opendocument import OpenDocumentText
from odf.text import P
from openpyxl import Workbook
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.plan.importers.makers import Made, ods, word, xlsx

TABLE = Made([("Axe", "Objectif", "Action"), ("Mobilité", "Marcher", "Tracer un chemin")])
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TABLE = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def zipped(members: dict[str, bytes | str], stored: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def changed(content: bytes, name: str, change: Any) -> bytes:
    """The archive with one member changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {entry: archive.read(entry) for entry in archive.namelist()}
    members[name] = change(members[name])
    return zipped(members, ("mimetype",))


def zeros(_content: bytes) -> bytes:
    return b"0" * 300_000_000


def with_entities(content: bytes) -> bytes:
    """The XML with a document type that unfolds to gigabytes."""
    head, end, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
    return head + end + _BOMB.encode() + rest.replace(b"Tracer un chemin", b"&j;").replace(b"<w:t>", b"<w:t>&j;")


def ods_of(rows: str) -> bytes:
    """A spreadsheet whose content is written by hand."""
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" {_TABLE}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped({"mimetype": ODS, "content.xml": content}, ("mimetype",))


def ods_repeated(rows: int, columns: int, text: str = "x") -> bytes:
    head = "".join(f"<table:table-cell><text:p>{word_}</text:p></table:table-cell>" for word_ in ("Axe", "Action"))
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods_of(f"<table:table-row>{head}</table:table-row>{row}")


def xlsx_rows(count: int) -> bytes:
    """A sheet of many tiny rows, as bombs and careless exports have them."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, count))
    return changed(
        xlsx(TABLE), "xl/worksheets/sheet1.xml", lambda c: c.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    )


def xlsx_claiming_everything() -> bytes:
    """A sheet that says it is as large as sheets get, with a cell in its last corner and a merge over all of it."""

    def claim(content: bytes) -> bytes:
        content = content.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"')
        last = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>coin</t></is></c></row></sheetData>'
        merge = b'<mergeCells count="1"><mergeCell ref="A3:XFD1048575"/></mergeCells>'
        return content.replace(b"</sheetData>", last + merge)

    return changed(xlsx(TABLE), "xl/worksheets/sheet1.xml", claim)


def scanned_pdf() -> bytes:
    picture = Image.new("RGB", (800, 400), "white")
    ImageDraw.Draw(picture).text((40, 40), "Axe  Objectif  Action", fill="black")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 50, 400, 500, 250)
    canvas.save()
    return buffer.getvalue()


def text_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for line in range(20):
        canvas.drawString(60, 700 - line * 20, "Un plan climat raconté en toutes lettres, sans aucun tableau.")
    canvas.save()
    return buffer.getvalue()


def locked_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(60, 700, "Axe Objectif Action")
    canvas.save()
    return buffer.getvalue()


def locked_xlsx() -> bytes:
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(TABLE))).encrypt("secret", buffer)
    return buffer.getvalue()


def old_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Plan")
    for row, cells in enumerate(TABLE.rows):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def odt_without_table() -> bytes:
    document = OpenDocumentText()
    document.text.addElement(P(text="Un plan en toutes lettres."))
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(buffer, kind)
    return buffer.getvalue()


def docx_without_table() -> bytes:
    document = docx.Document()
    document.add_paragraph("Un plan en toutes lettres.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def empty_workbook() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def refused() -> dict[str, tuple[bytes, str, str]]:
    """What is refused: case → (content, file name, problem)."""
    text = b"Axe;Action\nA;Planter"
    return {
        "empty": (b"", "plan.xlsx", "empty_file"),
        "blank": (b" \n\r\n \t", "plan.csv", "empty_file"),
        "only a byte mark": (b"\xef\xbb\xbf", "plan.csv", "empty_file"),
        "picture called xlsx": (picture("PNG"), "plan.xlsx", "picture"),
        "photo": (picture("JPEG"), "plan.jpg", "picture"),
        "old xls": (old_xls(), "plan.xls", "old_office"),
        "damaged xlsx": (xlsx(TABLE)[:800], "plan.xlsx", "broken_archive"),
        "archive of a document": (zipped({"plan.csv": text}), "plan.zip", "packed"),
        "bomb in xlsx": (changed(xlsx(TABLE), "xl/worksheets/sheet1.xml", zeros), "plan.xlsx", "zip_bomb"),
        "bomb in ods": (changed(ods(TABLE), "content.xml", zeros), "plan.ods", "zip_bomb"),
        "bomb in docx": (changed(word(TABLE), "word/document.xml", zeros), "plan.docx", "zip_bomb"),
        "many rows": (xlsx_rows(150_000), "plan.xlsx", "too_many_cells"),
        "repeated rows": (ods_repeated(1_048_576, 1), "plan.ods", "too_many_cells"),
        "repeated cells": (ods_repeated(1_048_576, 16_384), "plan.ods", "too_many_cells"),
        "entities in xlsx": (
            changed(xlsx(TABLE), "xl/worksheets/sheet1.xml", with_entities),
            "plan.xlsx",
            "xml_entities",
        ),
        "entities in ods": (changed(ods(TABLE), "content.xml", with_entities), "plan.ods", "xml_entities"),
        "entities in docx": (changed(word(TABLE), "word/document.xml", with_entities), "plan.docx", "xml_entities"),
        "pdf without table": (text_pdf(), "plan.pdf", "no_table"),
        "scanned pdf": (scanned_pdf(), "plan.pdf", "scanned_pdf"),
        "locked pdf": (locked_pdf(), "plan.pdf", "password"),
        "damaged pdf": (b"%PDF-1.4\n%broken", "plan.pdf", "broken_file"),
        "locked xlsx": (locked_xlsx(), "plan.xlsx", "password"),
        "empty workbook": (empty_workbook(), "plan.xlsx", "no_table"),
        "docx without table": (docx_without_table(), "plan.docx", "no_table"),
        "odt without table": (odt_without_table(), "plan.odt", "no_table"),
        "web page without table": (b"<html><body><p>rien</p></body></html>", "plan.html", "no_table"),
        "no header": (b"un\ttexte\nsans\ten-tete", "plan.txt", "no_header"),
        "bytes of no kind": (bytes(range(256)) * 40, "plan.dat", "unknown_format"),
        "json of somebody else": (b'{"type": "FeatureCollection"}', "plan.json", "other_json"),
        "broken json": (b'{"schema": "senne-plan/1", "actions": [}', "plan.json", "broken_json"),
        "wrong json": (b'{"schema": "senne-plan/1", "actions": [{"code": 12}]}', "plan.json", "wrong_json"),
    }
