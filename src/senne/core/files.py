"""Files kept as they came, named by the hash of their bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from senne.core.models import StoredFile


def path_of(sha256: str) -> Path:
    """Where the bytes lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def keep_file(content: bytes, name: str, content_type: str = "") -> StoredFile:
    """Keep the bytes (once, however often they come) and return their record. `name` loses its folders."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, target)
    clean = Path(name.replace("\\", "/")).name[:255] or "file"
    record, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"name": clean, "content_type": content_type[:100], "size": len(content)}
    )
    return record


def read_file(record: StoredFile) -> bytes:
    """The bytes as they came."""
    return path_of(record.sha256).read_bytes()


def forget_file(record: StoredFile) -> bool:
    """Remove the record and its bytes, unless another record refers to it. Returns whether it is gone."""
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        return False
    sha256 = record.sha256
    transaction.on_commit(lambda: _remove_bytes(sha256))
    return True


def _remove_bytes(sha256: str) -> None:
    """Unless the same bytes were kept again meanwhile."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)
