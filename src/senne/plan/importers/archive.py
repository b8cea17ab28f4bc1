"""Opening the zipped formats (XLSX, ODS, DOCX) without letting an archive, or its XML, fill the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from lxml import etree

from senne.plan.importers.base import ImportProblem

UNPACKED_LIMIT = 120 * 1024 * 1024
RATIO_LIMIT = 200
RATIO_FROM = 10_000_000
MOST_MEMBERS = 10_000
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@lru_cache(maxsize=2)
def members(content: bytes) -> frozenset[str]:
    """The names in an archive; none where it is no archive."""
    if not content.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except _BROKEN:
        return frozenset()


def has_member(content: bytes, *names: str) -> bool:
    """Is this an archive that holds one of these members?"""
    return bool(members(content) & set(names))


class Archive:
    """An archive that is safe to unpack: its sizes are checked before anything is read, its XML has no entities."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except _BROKEN:
            raise ImportProblem("broken_archive") from None
        unpacked = sum(entry.file_size for entry in entries if not _is_picture(entry.filename))
        suspicious = unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * max(1, len(content))
        if unpacked > UNPACKED_LIMIT or suspicious or len(entries) > MOST_MEMBERS:
            raise ImportProblem("zip_bomb", unpacked_mb=round(unpacked / 1e6))
        self.names = {entry.filename for entry in entries}

    def bytes_of(self, name: str) -> bytes:
        """A member, whole. Raises ImportProblem where it is damaged or locked."""
        try:
            return self._zip.read(name)
        except KeyError:
            raise ImportProblem("broken_file", format=self.kind, found=name) from None
        except _BROKEN as error:
            raise ImportProblem("broken_file", format=self.kind, found=f"{name}: {error}"[:200]) from None

    def tree(self, name: str) -> Any:
        """An XML member as a tree; None where it is not there."""
        if name not in self.names:
            return None
        content = self.bytes_of(name)
        refuse_entities(io.BytesIO(content))
        try:
            return etree.fromstring(content, _parser())
        except etree.XMLSyntaxError as error:
            raise ImportProblem("broken_file", format=self.kind, found=f"{name}: {error}"[:200]) from None

    def stream(self, name: str, *tags: str, starts: tuple[str, ...] = ()) -> Iterator[Any]:
        """The outermost elements of an XML member with these names, one after the other, never all at once.

        Those in `starts` come as soon as they begin: with their attributes, without what they hold.
        """
        try:
            with self._zip.open(name) as prolog:
                refuse_entities(prolog)
            with self._zip.open(name) as source:
                yield from _outermost(source, set(tags), set(starts))
        except (etree.XMLSyntaxError, KeyError, *_BROKEN) as error:
            raise ImportProblem("broken_file", format=self.kind, found=f"{name}: {error}"[:200]) from None


def _outermost(source: IO[bytes], tags: set[str], starts: set[str]) -> Iterator[Any]:
    within = 0
    wanted = [f"{{*}}{tag}" for tag in tags | starts]
    events = etree.iterparse(
        source, events=("start", "end"), tag=wanted, resolve_entities=False, no_network=True, remove_comments=True
    )
    for event, element in events:
        name = local(element)
        if name not in tags:
            if event == "start" and not within:
                yield element
        elif event == "start":
            within += 1
        else:
            within -= 1
            if not within:
                yield element
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]


def _is_picture(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".bin"))


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


class _Seen(Exception):
    """The prolog is over: the root element has begun."""


def refuse_entities(source: IO[bytes]) -> None:
    """Raise ImportProblem where the XML brings a document type: no office format has one, every entity bomb has."""
    parser = expat.ParserCreate()

    def doctype(*_args: object) -> None:
        raise ImportProblem("xml_entities")

    def root(*_args: object) -> None:
        raise _Seen

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        while block := source.read(65536):
            parser.Parse(block, False)
    except (_Seen, expat.ExpatError):
        return


def local(element: Any) -> str:
    """The name of an element without its namespace; '' for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name in whatever namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
