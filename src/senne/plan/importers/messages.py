"""What stopped a file, or was odd in it, in the reader's language: where, what was found, what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from senne.plan.importers.base import ImportProblem, Note

PROBLEMS = {
    "empty_file": gettext_noop("The file is empty. Choose the document again; it may not have been saved."),
    "too_large": gettext_noop(
        "The file weighs %(size_mb)s MB; at most %(limit_mb)s MB can be read. Take out pictures, or save the table alone."
    ),
    "zip_bomb": gettext_noop(
        "The file would unpack to %(unpacked_mb)s MB. It was not opened. Copy the table into a new document and save that."
    ),
    "xml_entities": gettext_noop(
        "The file holds XML declarations that no office program writes. It was not opened. Copy the table into a new "
        "document and save that."
    ),
    "too_many_cells": gettext_noop(
        "The sheet “%(sheet)s” holds more cells than any plan (at most %(limit)s rows are read). Delete the rows and columns "
        "that are not part of the plan, also those that look empty, and save again."
    ),
    "too_many_pages": gettext_noop(
        "The PDF has %(pages)s pages; at most %(limit)s are read. Save the pages with the table alone, or ask for the table "
        "itself (XLSX, DOCX)."
    ),
    "too_slow": gettext_noop(
        "The PDF could not be taken apart within %(seconds)s seconds. Ask for the table itself (XLSX, DOCX), or save fewer "
        "pages."
    ),
    "broken_archive": gettext_noop(
        "The file is damaged: its archive cannot be opened. Save it again from your program."
    ),
    "broken_file": gettext_noop("The %(format)s file cannot be read (%(found)s). Save it again, or as CSV."),
    "broken_json": gettext_noop(
        "The JSON breaks off at line %(row)s, column %(column)s (%(found)s). Take the file out of Senne again, or mend that "
        "line."
    ),
    "other_json": gettext_noop(
        "This JSON file is not a plan: its “schema” is not “%(expected)s”. Senne reads the JSON that it writes itself."
    ),
    "wrong_json": gettext_noop(
        "In the JSON file, “%(place)s” holds “%(found)s”; expected: %(expected)s. Mend it and upload the file again."
    ),
    "password": gettext_noop(
        "The %(format)s file is protected by a password. Open it, take the password off, save it and upload it again."
    ),
    "no_table": gettext_noop(
        "No table was found in the %(format)s file. A plan is read from a table with an action column."
    ),
    "scanned_pdf": gettext_noop(
        "The PDF holds pictures of pages and no text. Recognise its text first (OCR), or ask for the table itself (XLSX, "
        "DOCX)."
    ),
    "old_office": gettext_noop(
        "%(format)s files are not read. Open the file in its program and save it as %(instead)s."
    ),
    "picture": gettext_noop(
        "The file is a picture. Ask for the document itself (XLSX, ODS, DOCX, CSV or PDF with text)."
    ),
    "packed": gettext_noop("The file is an archive. Unpack it and upload the document that is in it."),
    "unknown_format": gettext_noop(
        "“%(name)s” is in no format that Senne reads. Save it as XLSX, ODS, CSV, DOCX, PDF or HTML."
    ),
    "no_header": gettext_noop(
        "No header row was found. One row must name the columns, such as “Objective” and “Action” (or Objectif, "
        "Doelstelling, Actie). First row seen: %(found)s"
    ),
}
NOTES = {
    "wrong_ending": gettext_noop("The file is called .%(ending)s but is %(format)s; it was read as what it is."),
    "mixed_encodings": gettext_noop("Two encodings are mixed; %(rows)s were read as %(encoding)s."),
    "old_encoding": gettext_noop("The file is in the %(encoding)s encoding."),
    "invisible_marks": gettext_noop("Invisible marks were taken out in %(rows)s."),
    "lone_quotes": gettext_noop(
        "A quote is opened and never closed in %(rows)s; the quotes were read as they stand. Check these rows."
    ),
    "hidden_rows": gettext_noop("Hidden rows were read too: %(rows)s."),
    "hidden_columns": gettext_noop("Hidden columns were read too, from column %(column)s on."),
    "uncomputed": gettext_noop(
        "Formulas in %(rows)s were never computed; their own text was read. Open the file, save it, and upload it again."
    ),
    "comments": gettext_noop(
        "Comments and notes beside the cells were not read; they stay in the file, which is kept."
    ),
    "scanned_pages": gettext_noop("Some pages hold pictures without text; what they show was not read."),
    "own_file": gettext_noop("Senne wrote this file; its texts are taken exactly as they stand."),
    "computed": gettext_noop("Columns that Senne computes itself (health, progress) were not read."),
}


def problem_text(problem: ImportProblem) -> str:
    """One or two sentences: what is wrong and how to mend it."""
    return _(PROBLEMS[problem.code]) % problem.params


def note_text(note: Note) -> str:
    """One sentence about something odd that was dealt with, and on which sheet."""
    params: dict[str, Any] = {
        k: rows_text(v, note.params.get("count", 0)) if k == "rows" else v for k, v in note.params.items()
    }
    text = _(NOTES[note.code]) % params
    return f"{note.place}: {text}" if note.place else text


def rows_text(rows: list[int], count: int = 0) -> str:
    """'rows 5, 7–9 …': the first of them, runs drawn together."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    listed = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    more = "…" if max(count, len(rows)) > len(rows) else ""
    return ngettext("row %(rows)s", "rows %(rows)s", max(count, len(rows))) % {"rows": listed + more}
