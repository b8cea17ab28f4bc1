"""Tables pasted from a spreadsheet: what is read, what is refused, and that writing and reading agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senne.plan.reading.pasting import CODE, MOST_LINES, mark_of, read_pasted, write_lines

SHOWN = ("status", "end", "lead")
KNOWN = (*SHOWN, "start", "owner", "priority")
HEADS = {
    "code": "code",
    "plan": "plan",
    "statut": "status",
    "fin": "end",
    "organisation pilote": "lead",
    "porteur": "owner",
}


def read(text: str):  # type: ignore[no-untyped-def]
    return read_pasted(text, SHOWN, KNOWN, HEADS)


def test_without_a_heading_the_columns_come_as_the_page_shows_them() -> None:
    found = read("AD-12\tEn cours\t2027\tVoirie\n")
    assert found.columns == (CODE, *SHOWN)
    assert [(line.code, line.cells) for line in found.lines] == [
        ("AD-12", {"status": "En cours", "end": "2027", "lead": "Voirie"})
    ]
    assert found.heading == ""


@pytest.mark.parametrize(
    "heading", ["Fin\tCode\tStatut", "einde\tnummer\tstatus", "End\tcode\tStatus", " FIN \tN°\tStand van zaken"]
)
def test_a_heading_in_three_languages_says_the_order(heading: str) -> None:
    found = read(f"{heading}\n2027\tAD-12\tdone")
    assert found.columns == ("end", CODE, "status")
    assert found.lines[0].cells == {"end": "2027", "status": "done"}
    assert found.heading == heading


def test_our_own_heading_goes_before_what_plan_documents_mean_by_it() -> None:
    assert read("Code\tPorteur\nAD-12\tAnna").columns == (CODE, "owner")


def test_columns_that_are_not_read_are_named_and_their_cells_left() -> None:
    found = read("Code\tAction\tBudget\tStatut\nAD-12\tPlanter\t1000\tdone")
    assert found.unread == ("Budget",)
    assert found.lines[0].cells == {"status": "done"}


def test_a_column_named_twice_is_read_once() -> None:
    found = read("Code\tStatut\tStatut\nAD-12\tdone\tlate")
    assert found.columns == (CODE, "status", "")
    assert found.lines[0].cells == {"status": "done"}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a\tb;c", "\t"),
        ("a;b,c;d", ";"),
        ("a,b", ","),
        ("a,b,c;d", ","),
        ("alone", "\t"),
        ("", "\t"),
        ("a;b\nc\td", "\t"),
    ],
)
def test_what_stands_between_cells(text: str, mark: str) -> None:
    assert mark_of(text) == mark


def test_a_csv_with_semicolons_and_quotes() -> None:
    found = read('code;statut;fin\nAD-12;"en ""cours""; oui";2027')
    assert found.lines[0].cells == {"status": 'en "cours"; oui', "end": "2027"}


def test_a_quoted_cell_may_hold_line_breaks_and_lines_are_counted_as_people_do() -> None:
    found = read('Code\tStatut\nAD-1\t"suspendu\nfaute d\'argent"\nAD-2\tdone')
    assert [(line.number, line.code) for line in found.lines] == [(2, "AD-1"), (4, "AD-2")]
    assert found.lines[0].cells["status"] == "suspendu\nfaute d'argent"


def test_a_quote_that_is_never_closed_takes_no_other_line_with_it() -> None:
    found = read('Code\tStatut\nAD-1\t"done\nAD-2\tdone')
    assert [(line.code, line.cells["status"]) for line in found.lines] == [("AD-1", '"done'), ("AD-2", "done")]


def test_empty_lines_are_passed_over_and_empty_cells_say_nothing() -> None:
    found = read("\n\nAD-1\t\t2027\t\n\t\t\t\n")
    assert [(line.number, line.cells) for line in found.lines] == [(3, {"end": "2027"})]
    assert found.faults == ()


@pytest.mark.parametrize(("line", "found"), [("AD-2\tdone", 2), ("AD-2\tdone\t\tVoirie\tx", 5), ("AD-2", 1)])
def test_a_line_with_another_number_of_cells_is_refused_alone(line: str, found: int) -> None:
    pasted = read(f"AD-1\tdone\t2027\tVoirie\n{line}\nAD-3\tdone\t2028\tVoirie")
    assert [item.code for item in pasted.lines] == ["AD-1", "AD-3"]
    (fault,) = pasted.faults
    assert (fault.kind, fault.number, fault.raw) == ("cells", 2, line)
    assert fault.params == {"found": found, "expected": 4}


def test_a_line_without_a_code_is_refused() -> None:
    assert [(f.kind, f.number) for f in read("\tdone\t2027\tVoirie").faults] == [("no_code", 1)]


def test_the_second_line_with_a_code_is_refused_and_names_the_first() -> None:
    pasted = read("AD-1\tdone\t\t\nAD-2\tdone\t\t\nad-1\tabandonné\t\t")
    assert [line.cells["status"] for line in pasted.lines] == ["done", "done"]
    assert pasted.faults[0].params == {"code": "ad-1", "first": 1}


def test_the_same_code_in_two_plans_is_not_the_same() -> None:
    pasted = read("Code\tPlan\tStatut\nA1\tCLIMAT\tdone\nA1\tCPAS\tdone")
    assert [(line.plan, line.code) for line in pasted.lines] == [("CLIMAT", "A1"), ("CPAS", "A1")]


def test_more_lines_than_the_limit_are_told_one_by_one() -> None:
    pasted = read("\n".join(f"A-{n}\tdone\t\t" for n in range(MOST_LINES + 2)))
    assert len(pasted.lines) == MOST_LINES
    assert [fault.kind for fault in pasted.faults] == ["too_many", "too_many"]


def test_nothing_is_nothing() -> None:
    for text in ("", "\n \t \n", "\x00"):
        assert read(text).lines == read(text).faults == ()


CELLS = st.text('aé1 \t;,"\n-\u00a0', max_size=9).map(str.strip)
CODES = st.lists(st.integers(1, 9999).map("AD-{}".format), min_size=1, max_size=8, unique=True)


@given(codes=CODES, mark=st.sampled_from("\t;,"), data=st.data())
def test_what_is_written_is_read_again(codes: list[str], mark: str, data: st.DataObject) -> None:
    """A heading and rows of any texts, with quotes, marks and line breaks in them, come back as they were."""
    cells = CELLS if mark == "\t" else CELLS.map(lambda text: text.replace("\t", ""))
    rows = [[code, *data.draw(st.tuples(cells, cells, cells))] for code in codes]
    text = write_lines([["Code", "Statut", "Fin", "Organisation pilote"], *rows], mark)
    found = read(text)
    assert found.faults == ()
    assert [line.code for line in found.lines] == codes
    for line, row in zip(found.lines, rows, strict=True):
        assert [line.cells.get(key, "") for key in SHOWN] == row[1:]


@given(st.text(max_size=400))
def test_any_text_is_read_without_falling_over_and_no_line_is_lost(text: str) -> None:
    """Each line that holds anything is a heading, a row or a fault."""
    found = read(text)
    numbers = [line.number for line in found.lines] + [fault.number for fault in found.faults]
    assert len(numbers) == len(set(numbers))
    kept = "".join([found.heading, *(line.raw for line in found.lines), *(fault.raw for fault in found.faults)])
    signs = {sign for sign in text if sign.isalnum()}
    assert signs <= set(kept)
