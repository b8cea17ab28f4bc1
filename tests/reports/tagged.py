"""A tagged PDF as those read it who cannot see it: the tree of elements, and which of the page's content hangs on it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfplumber import open as open_pdf


def text_of(value: Any) -> str:
    """A PDF string as text."""
    raw = resolve1(value) or b""
    if isinstance(raw, str):
        return raw
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


@dataclass(eq=False)
class Element:
    """A structure element: its type, attributes, alternative text, place above, and what hangs below."""

    kind: str
    attributes: dict[str, Any]
    alt: str
    above: Element | None
    below: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def chain(self) -> list[str]:
        """Types of the elements above, the nearest first."""
        return [] if self.above is None else [self.above.kind, *self.above.chain()]

    def is_in(self, other: Element) -> bool:
        """Whether it hangs below the other one, at any depth."""
        return self.above is other or (self.above is not None and self.above.is_in(other))


class Tagged:
    """The document; `elements` in reading order."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = PDFDocument(PDFParser(io.BytesIO(content)))
        self.catalog = resolve1(self.document.catalog)
        self.pages = {page.objid if hasattr(page, "objid") else page: n for n, page in enumerate(self._page_ids())}
        self.root = resolve1(self.catalog["StructTreeRoot"])
        self.elements: list[Element] = []
        for kid in resolve1(self.root["K"]):
            self._read(kid, None)

    def _page_ids(self) -> Iterator[int]:
        def below(reference: Any) -> Iterator[int]:
            node = resolve1(reference)
            if literal_name(node["Type"]) == "Pages":
                for kid in resolve1(node["Kids"]):
                    yield from below(kid)
            else:
                yield reference.objid

        yield from below(self.catalog["Pages"])

    def _read(self, reference: Any, above: Element | None) -> None:
        node = resolve1(reference)
        if not isinstance(node, dict) or "S" not in node:
            return
        attributes = resolve1(node.get("A")) or {}
        element = Element(literal_name(node["S"]), attributes, text_of(node.get("Alt")), above)
        self.elements.append(element)
        if above is not None:
            above.below.append(element)
        page = self.pages[node["Pg"].objid] if "Pg" in node else -1
        kids = resolve1(node.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                element.marks.append((page, kid))
            else:
                self._read(kid, element)

    def of(self, *kinds: str) -> list[Element]:
        return [element for element in self.elements if element.kind in kinds]

    def untagged(self) -> list[str]:
        """Letters, lines, boxes and pictures that neither hang on the tree nor are marked as artifacts."""
        hanging = {mark for element in self.elements for mark in element.marks}
        stray = []
        with open_pdf(io.BytesIO(self.content)) as pdf:
            for number, page in enumerate(pdf.pages):
                for item in (*page.chars, *page.rects, *page.lines, *page.curves, *page.images):
                    if item.get("tag") != "Artifact" and (number, item.get("mcid")) not in hanging:
                        stray.append(f"page {number + 1}: {item.get('text') or item['object_type']}")
        return stray

    def fonts(self) -> list[dict[str, Any]]:
        """Descriptors of every font in the file."""
        found = []
        for xref in self.document.xrefs:
            for number in xref.get_objids():
                item = resolve1(self.document.getobj(number))
                if (
                    isinstance(item, dict)
                    and item.get("Type") == PSLiteral("FontDescriptor")
                    or isinstance(item, dict)
                    and str(item.get("Type")) == "/'FontDescriptor'"
                ):
                    found.append(item)
        return found

    def bookmarks(self) -> list[tuple[int, str]]:
        return [(level, title) for level, title, *_rest in self.document.get_outlines()]
