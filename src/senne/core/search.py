"""Full-text search in the reader's language: SQLite FTS5 or PostgreSQL tsvector over the same stems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from senne.core.models import SearchEntry
from senne.core.stems import stems
from senne.core.text import LANGUAGES, Text

Texts = tuple[Text, list[Text | str]]


def index(kind: str, texts: Mapping[int, Texts]) -> None:
    """Replace the index entries of the records given: {record id: (title, other texts)}; None of them is internal."""
    forget(kind, texts)
    entries = [
        SearchEntry(
            kind=kind,
            record_id=record_id,
            language=language,
            title=" ".join(stems(title.shown(language)[0], language)),
            body=" ".join(stems(" ".join(_shown(part, language) for part in others), language)),
        )
        for record_id, (title, others) in texts.items()
        for language in LANGUAGES
    ]
    SearchEntry.objects.bulk_create(entries, batch_size=300)


def forget(kind: str, record_ids: Iterable[int]) -> None:
    """Take the records out of the index."""
    SearchEntry.objects.filter(kind=kind, record_id__in=list(record_ids)).delete()


def find(kind: str, query: str, language: str, limit: int = 1000) -> list[int]:
    """Ids of the records that hold every word of the query (last word by its beginning), best first."""
    words = stems(query, language)[:12]
    if not words:
        return []
    return (
        _find_sqlite(kind, words, language, limit)
        if connection.vendor == "sqlite"
        else _find_postgres(kind, words, language, limit)
    )


def _shown(part: Text | str, language: str) -> str:
    return part.shown(language)[0] if isinstance(part, Text) else part


def _find_sqlite(kind: str, words: list[str], language: str, limit: int) -> list[int]:
    match = " ".join(f'"{word}"' for word in words) + "*"
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE, [match, kind, language, limit])
        return [row[0] for row in cursor.fetchall()]


_SQLITE = (
    "SELECT e.record_id FROM core_searchindex JOIN core_searchentry AS e ON e.id = core_searchindex.rowid "
    "WHERE core_searchindex MATCH %s AND e.kind = %s AND e.language = %s "
    "ORDER BY bm25(core_searchindex, 4.0, 1.0), e.record_id LIMIT %s"
)
_POSTGRES = (
    "SELECT record_id FROM core_searchentry WHERE vector @@ to_tsquery('simple', %s) AND kind = %s AND language = %s "
    "ORDER BY ts_rank(vector, to_tsquery('simple', %s)) DESC, record_id LIMIT %s"
)


def _find_postgres(kind: str, words: list[str], language: str, limit: int) -> list[int]:
    query = " & ".join(f"'{word}'" for word in words) + ":*"
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES, [query, kind, language, query, limit])
        return [row[0] for row in cursor.fetchall()]
