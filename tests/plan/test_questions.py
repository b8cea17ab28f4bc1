"""Questions of a round and the answers checked against them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.plan.rules.questions import Question, WrongQuestion, check, read_questions

LABEL = {"fr": "Combien ?"}


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ({"key": "", "label": LABEL}, "key"),
        ({"key": "Not ok", "label": LABEL}, "key"),
        ({"key": "ok", "label": {}}, "label"),
        ({"key": "ok", "label": LABEL, "kind": "colour"}, "kind"),
        ({"key": "ok", "label": LABEL, "kind": "choice", "choices": [{"fr": "a"}]}, "choices"),
    ],
)
def test_a_question_that_cannot_be_asked(question: dict[str, object], what: str) -> None:
    with pytest.raises(WrongQuestion) as wrong:
        read_questions([{"key": "first", "label": LABEL}, question])
    assert (wrong.value.place, wrong.value.what) == (2, what)


def test_two_questions_have_two_names() -> None:
    with pytest.raises(WrongQuestion):
        read_questions([{"key": "same", "label": LABEL}, {"key": "same", "label": LABEL}])


@pytest.mark.parametrize(
    ("kind", "given_", "kept", "fault"),
    [
        ("number", "1.234,50", "1234.5", ""),
        ("number", "1,234.50", "1234.5", ""),
        ("number", "12 000", "12000", ""),
        ("number", "NaN", None, "number"),
        ("number", "beaucoup", None, "number"),
        ("yes_no", "yes", "yes", ""),
        ("yes_no", "peut-être", None, "choice"),
        ("choice", "1", "1", ""),
        ("choice", "7", None, "choice"),
        ("text", "x" * 5001, None, "long"),
    ],
)
def test_answers_one_by_one(kind: str, given_: str, kept: str | None, fault: str) -> None:
    question = Question("q", LABEL, kind, ({"fr": "a"}, {"fr": "b"}))
    found = check([question], {"q": given_})
    assert (found.kept.get("q"), found.faults.get("q", "")) == (kept, fault)


def test_a_draft_may_have_gaps_and_a_report_may_not() -> None:
    question = Question("q", LABEL, required=True)
    assert check([question], {}, complete=False).faults == {}
    assert check([question], {}).faults == {"q": "missing"}


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=20)))
def test_a_wrong_answer_never_takes_a_good_one_with_it(given_: dict[str, str]) -> None:
    questions = [Question("a", LABEL), Question("b", LABEL, "number")]
    found = check(questions, given_)
    assert not found.kept.keys() & found.faults.keys()
    if given_.get("a", "").strip():
        assert found.kept["a"] == given_["a"].strip()
