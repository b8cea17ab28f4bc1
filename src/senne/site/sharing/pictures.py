"""Share pictures as files: drawn when first asked for, kept under the hash of what they say, forgotten after thirty days."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from senne.site.sharing.cards import Card

FOLDER = "shared"
KEPT = timedelta(days=30)
DRAWING = 1  # another drawing of the same card is another picture


def _folder() -> Path:
    return Path(settings.STORE) / FOLDER


def picture_of(card: Card, language: str) -> bytes:
    """The PNG of the card."""
    told = json.dumps([DRAWING, language, asdict(card)], sort_keys=True, ensure_ascii=False, default=str)
    path = _folder() / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.png"
    if path.exists():
        return path.read_bytes()
    from senne.site.sharing.drawing import draw  # Pillow: only when a picture is asked for

    content = draw(card, _("Climate plan"))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)
    return content


def forget(now: datetime) -> int:
    """Remove pictures that were drawn more than thirty days ago. Returns how many."""
    folder = _folder()
    old = [f for f in folder.iterdir() if f.stat().st_mtime < (now - KEPT).timestamp()] if folder.exists() else []
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
