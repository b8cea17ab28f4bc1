"""A cache in memory that is bounded in bytes: what was asked for least lately goes first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

LARGEST_SHARE = 8
Page = tuple[int, dict[str, str], bytes]


class Shelf:
    """Pages as (status, headers, body) by key, for all threads of a process; the bodies together weigh ≤ `max_bytes`.

    A body of more than an eighth of that is not kept: it would push out many that are asked for more often.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._kept: OrderedDict[str, tuple[float, Page]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                return None
            if entry[0] < time.monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return entry[1]

    def put(self, key: str, page: Page, seconds: float) -> None:
        size = len(page[2])
        if size * LARGEST_SHARE > self.max_bytes:
            return
        with self._lock:
            if key in self._kept:
                self._drop(key)
            while self._kept and self.size + size > self.max_bytes:
                self._drop(next(iter(self._kept)))
            self._kept[key] = (time.monotonic() + seconds, page)
            self.size += size

    def take_away(self, key: str) -> bool:
        with self._lock:
            found = key in self._kept
            if found:
                self._drop(key)
            return found

    def empty(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0

    def _drop(self, key: str) -> None:
        _until, page = self._kept.pop(key)
        self.size -= len(page[2])

    def __len__(self) -> int:
        return len(self._kept)


_shelves: dict[str, Shelf] = {}


class BoundedMemoryCache(BaseCache):
    """Django's face of a shelf: LOCATION names it, OPTIONS["MAX_BYTES"] bounds it."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.shelf = _shelves.setdefault(name, Shelf(int(params.get("OPTIONS", {}).get("MAX_BYTES", 16 << 20))))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self.shelf.get(key)
        return default if found is None else found

    def set(
        self, key: str, value: Any, timeout: float | None | object = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self.shelf.put(key, value, timeout if isinstance(timeout, int | float) else 300.0)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self.shelf.take_away(key)

    def clear(self) -> None:
        self.shelf.empty()
