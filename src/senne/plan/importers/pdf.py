"""PDF documents. They are taken apart in a process of their own, with bounds on its memory and time: a small PDF may
unpack to anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from senne.plan.importers.base import Importer, ImportProblem, Note, Reading, register
from senne.plan.importers.grid import Grid, finished

SECONDS = 180


def read(content: bytes) -> Reading:
    """One sheet per table of each page, with the headings between them. A scan has no text: the problem says so."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "senne.plan.importers.pdf_tables"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise ImportProblem("too_slow", seconds=SECONDS) from None
    except ValueError:
        raise ImportProblem("broken_file", format="PDF", found="–") from None
    if problem := found.get("problem"):
        raise ImportProblem(problem, format="PDF", **found.get("params", {}))
    grids = [_grid(table) for table in found["tables"]]
    return finished(grids, [Note(code) for code in found.get("notes", ())])


def _grid(table: dict[str, Any]) -> Grid:
    grid = Grid(table["name"], continues=True, cut=bool(table.get("open")))
    for row, column, text in table["cells"]:
        grid.put(row, column, text)
    for area in table["merged"]:
        grid.merge(*area)
    grid.headings = {1: table["heading"]} if table["heading"] else {}
    return grid


register(Importer("pdf", ("pdf",), lambda content: b"%PDF-" in content[:1024], read, rank=13))
