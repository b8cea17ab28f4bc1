"""Tables of PDF documents, page after page."""

from __future__ import annotations

import io

from senne.plan.importers.base import Importer, ImportProblem, Reading, Row, Sheet, register
from senne.plan.importers.cells import table_rows


def read(content: bytes) -> Reading:
    """One sheet per table of each page. A scan has no text: the problem says to recognise it first."""
    import pdfplumber  # half a second: only when a PDF comes

    sheets: list[Sheet] = []
    words = 0
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for page in document.pages:
                words += len(page.chars)
                for number, table in enumerate(page.extract_tables(), 1):
                    rows = table_rows([[(cell or "").replace("\n", " ") for cell in row] for row in table])
                    sheets.append(
                        Sheet(
                            f"page {page.page_number}, table {number}",
                            tuple(Row(n, cells) for n, cells in rows),
                        )
                    )
    except ImportProblem:
        raise
    except Exception as error:  # pdfminer raises many kinds of its own
        raise ImportProblem("broken_file", format="PDF", found=str(error)[:200]) from None
    if not sheets:
        raise ImportProblem("no_table" if words else "scanned_pdf", format="PDF")
    return Reading(tuple(sheets))


register(Importer("pdf", ("pdf",), lambda content: content[:1024].lstrip().startswith(b"%PDF"), read, rank=13))
