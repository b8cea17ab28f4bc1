"""Lines of the report and the clocks behind them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


class Report:
    """Prints figures as they come; remembers which promises did not hold."""

    def __init__(self) -> None:
        self.floor: dict[str, float] = {}
        self.broken: list[str] = []

    def title(self, text: str) -> None:
        print(f"\n{text}\n{'─' * len(text)}", flush=True)

    def line(self, what: str, value: str, promise: str = "", holds: bool = True) -> None:
        mark = "" if not promise else ("✓" if holds else "✗")
        print(f"  {what:<58} {value:>16}   {promise:<24} {mark}", flush=True)
        if not holds:
            self.broken.append(what)

    def close(self) -> int:
        """The exit code: 1 where a promise did not hold."""
        print()
        for what in self.broken:
            print(f"✗ not held: {what}")
        return 1 if self.broken else 0


def cpu_ms(work: Callable[[], Any], times: int = 9) -> float:
    """Median processor time of `work` in milliseconds, all threads, after one run to warm up."""
    work()
    spent = []
    for _turn in range(times):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Wall-clock time of one run, and what it gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
