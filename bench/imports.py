"""Reading documents in: a spreadsheet of 400 rows and one of 5,000."""

from __future__ import annotations

import io

from openpyxl import Workbook

from bench.city import sentence
from bench.report import Report, seconds
from senne.core.actors import SYSTEM
from senne.core.models import Organisation
from senne.plan.api import importing

HEADER = ("Axe", "Objectif", "Action", "Description", "Pilote", "Échéance", "Statut", "Budget")


def workbook(rows: int, seed: int) -> bytes:
    """An XLSX as a city would send it: codes, objectives every tenth row, dates and amounts as people write them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(HEADER)
    for n in range(rows):
        axis, objective = n * 10 // rows, n // 10
        sheet.append(
            [
                f"X{axis} {sentence(seed + axis, 3)}",
                f"X{axis}.{objective} {sentence(seed + objective * 3, 9)}",
                f"X-{n:04} {sentence(seed + n * 11, 8)} {n}",
                sentence(seed + n * 5, 30),
                f"Unit {n % 16}",
                f"31/12/{2026 + n % 5}",
                ("à démarrer", "en cours", "terminé")[n % 3],
                f"{n + 1}.500,00 €",
            ]
        )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def one(rows: int, seed: int) -> tuple[float, float, float, int]:
    """Seconds to keep and read, to preview, to apply; actions written."""
    city = Organisation.objects.get(code="city")
    content = workbook(rows, seed)
    start, run = seconds(
        lambda: importing.start_import(content, f"plan-{rows}-{seed}.xlsx", actor=SYSTEM, plan=None, organisation=city)
    )
    look, shown = seconds(lambda: importing.preview(run, actor=SYSTEM))
    write, _done = seconds(lambda: importing.apply_import(run, actor=SYSTEM))
    return start, look, write, shown.counts()["action"]


def measure(report: Report) -> None:
    report.title("Import of spreadsheets")
    one(20, 1)
    start, look, write, made = one(400, 2)
    report.line("400 actions: keep and read the file", f"{start:.2f} s")
    report.line(f"400 actions: preview ({made} found)", f"{look:.2f} s", "≤ 2 s", look <= 2 and made == 400)
    report.line("400 actions: apply", f"{write:.2f} s", "≤ 5 s", write <= 5)
    _start, look_more, write_more, made_more = one(5000, 3)
    each = look_more / look / 12.5
    report.line(f"5,000 actions: preview ({made_more} found)", f"{look_more:.2f} s", "≤ 1.6 × linear", each <= 1.6)
    report.line("  per action, as a ratio to 400", f"{each:.2f} ×")
    each = write_more / write / 12.5
    report.line("5,000 actions: apply", f"{write_more:.2f} s", "≤ 1.6 × linear", each <= 1.6)
    report.line("  per action, as a ratio to 400", f"{each:.2f} ×")
