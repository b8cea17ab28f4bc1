"""What stopped a file, or was odd in it, in the reader's language: where, what was found, what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from senne.plan.importers.base import ImportProblem, Note


def problem_text(problem: ImportProblem) -> str:
    """One or two sentences: what is wrong and how to mend it."""
    texts = {
        "empty_file": _("The file is empty. Choose the document again; it may not have been saved."),
        "too_large": _(
            "The file weighs %(size_mb)s MB; at most %(limit_mb)s MB can be read. Take out pictures, or "
            "save the table alone."
        ),
        "zip_bomb": _(
            "The file would unpack to %(unpacked_mb)s MB. It was not opened. Save the table again under a new name."
        ),
        "broken_archive": _("The file is damaged: its archive cannot be opened. Save it again from your program."),
        "broken_file": _("The %(format)s file cannot be read (%(found)s). Save it again, or as CSV."),
        "broken_csv": _("The CSV file breaks off at row %(row)s (%(found)s). Look for a quote that is never closed."),
        "no_table": _("No table was found in the %(format)s file. A plan is read from a table with an action column."),
        "scanned_pdf": _(
            "The PDF holds pictures of pages and no text. Recognise its text first (OCR), or ask for the "
            "table itself (XLSX, DOCX)."
        ),
        "unknown_format": _(
            "“%(name)s” is in no format that Senne reads. Save it as XLSX, ODS, CSV, DOCX, PDF or HTML."
        ),
        "no_header": _(
            "No header row was found. One row must name the columns, such as “Objective” and “Action” "
            "(or Objectif, Doelstelling, Actie). First row seen: %(found)s"
        ),
    }
    return texts[problem.code] % problem.params


def note_text(note: Note) -> str:
    """One sentence about something odd that was dealt with."""
    params: dict[str, Any] = {k: _rows(v) if k == "rows" else v for k, v in note.params.items()}
    texts = {
        "wrong_ending": _("The file is called .%(ending)s but is %(format)s; it was read as what it is."),
        "mixed_encodings": _("Two encodings are mixed; rows %(rows)s were read as Windows-1252."),
        "windows_encoding": _("The file is in the Windows-1252 encoding."),
        "invisible_marks": _("Invisible marks were taken out in rows %(rows)s."),
    }
    return texts[note.code] % params


def _rows(rows: list[int]) -> str:
    return ", ".join(str(row) for row in rows)
