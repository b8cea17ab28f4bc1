"""From what a cell holds to clean text: no stray tags, no invisible marks, nothing else lost."""

from __future__ import annotations

import html
import re

_TAGS = (
    "p|br|b|i|u|em|strong|span|div|a|ul|ol|li|font|td|tr|th|table|tbody|thead|sup|sub|h[1-6]|o:p|s|strike|del|ins|small|big|center|"
    "blockquote|code|pre|hr|img|label|abbr|mark"
)
_ATTRIBUTES = r"(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+)))*\s*/?"
_TAG = re.compile(rf"</?({_TAGS}){_ATTRIBUTES}>", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:p|br|div|ul|ol|li|td|tr|th|table|h[1-6]|hr|center|blockquote|pre)$", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Controls, direction marks, zero-width and soft marks. Joiners stay where they join letters of other scripts or emoji.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    "|(?<![\u0300-\uffff\U00010000-\U0010ffff])[\u200c\u200d]"
)
_SPACES = re.compile(r"[ \t]+")
_ESCAPED = re.compile(r"^'(?='*[=+\-@\t\r\n])")


def clean(text: str) -> str:
    """The text of a cell: entities resolved, tags and invisible marks taken out, spaces folded, line breaks kept."""
    if "<" in text and ">" in text:
        text = _TAG.sub(lambda match: " " if _BLOCK.match(match.group(1)) else "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _INVISIBLE.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\v", "\n")
    )
    if "  " in text or "\t" in text or "\n" in text:
        return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()
    return text.strip()


def has_invisible(text: str) -> bool:
    """Does the text hold NUL bytes, direction marks or zero-width characters?"""
    return bool(_INVISIBLE.search(text))


def unescaped(text: str) -> str:
    """The text of a CSV cell without the apostrophe that kept a spreadsheet from running it."""
    return text[1:] if _ESCAPED.match(text) else text
