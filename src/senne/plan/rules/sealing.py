"""The content hash of a snapshot: what was frozen can be shown to be what is read. Pure.

Method: each part is written as canonical JSON (RFC 8785 in spirit: UTF-8, sorted keys, no spaces) and hashed by SHA-256;
the snapshot's hash is that of its head and of the sorted list of (kind, code, hash of the part).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def seal_whole(head: Any, parts: Iterable[tuple[str, str, str]]) -> str:
    """The hash of a snapshot from its head and its parts' (kind, code, hash)."""
    return seal({"head": head, "parts": sorted(list(part) for part in parts)})
