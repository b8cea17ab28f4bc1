"""Two versions of a text with the words that changed marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_TOKENS = re.compile(r"\s+|[^\s]+")
LIMIT = 4000


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """(before, after) as HTML: what went in <del>, what came in <ins>; plain where one is empty or little is shared.

    Texts of more than LIMIT words are given whole: comparing them word by word would take seconds.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if not old or not new or len(old) + len(new) > LIMIT:
        return escape(before), escape(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.5:
        return escape(before), escape(after)
    was: list[str] = []
    now: list[str] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            was.append(escape(gone))
            now.append(escape(come))
            continue
        if gone:
            was.append(format_html("<del>{}</del>", gone))
        if come:
            now.append(format_html("<ins>{}</ins>", come))
    return mark_safe("".join(was)), mark_safe("".join(now))  # noqa: S308 (every part is escaped above)
