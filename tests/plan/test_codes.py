"""The next code in a row."""

from __future__ import annotations

import pytest

from senne.plan.rules.codes import next_code


@pytest.mark.parametrize(
    ("near", "taken", "expected"),
    [
        (["AD-7", "AD-12"], [], "AD-13"),
        (["AD-7", "AD-12"], ["AD-13", "AD-14"], "AD-15"),
        (["1.2.9"], [], "1.2.10"),
        (["A-007", "A-008"], [], "A-009"),
        (["TA1", "TA2", "X9"], [], "TA3"),
        (["market"], [], "T1-1"),
        ([], ["T1-1"], "T1-2"),
    ],
)
def test_the_row_goes_on(near: list[str], taken: list[str], expected: str) -> None:
    assert next_code(near, taken, "T1") == expected
