"""What each format keeps in its own way: numbers and dates, merged and repeated cells, tracked changes, quotes."""

from __future__ import annotations

import io
import zipfile

import pytest

from senne.plan.importers import numbers
from senne.plan.importers.base import read_document
from senne.plan.importers.cells import clean, unescaped
from senne.plan.reading.tables import Number, Row
from tests.plan.importers.bad_files import TABLE, changed, ods_of, zipped
from tests.plan.importers.makers import Made, delimited, word, xlsx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rows(content: bytes, name: str) -> list[tuple[str, ...]]:
    return [row.cells for sheet in read_document(content, name).sheets for row in sheet.rows]


# ---- XLSX ---------------------------------------------------------------------------------------------------------


def workbook(sheet: str, strings: str = "", styles: str = "", namespace: str = "") -> bytes:
    """A workbook written by hand, as programs other than Excel write them."""
    main = namespace or "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/{what}" Target="{path}"/>'
        for n, (what, path) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        )
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="/xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="S" r:id="r0"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        }
    )


def test_shared_strings_with_runs_readings_and_escapes() -> None:
    strings = (
        "<si><t>Action</t></si><si><r><rPr><b/></rPr><t>Plan</t></r><r><t>ter</t></r><rPh><t>x</t></rPh></si>"
        "<si><t>a_x000D_\nb _x005F_x0041_</t></si>"
    )
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    assert rows(workbook(sheet, strings), "a.xlsx") == [("Action",), ("Planter", "a\nb _x0041_")]


def test_a_strict_workbook_of_another_namespace() -> None:
    sheet = '<row><c t="inlineStr"><is><t>Action</t></is></c></row><row><c t="str"><f>A1</f><v>Planter</v></c></row>'
    content = workbook(sheet, namespace="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert rows(content, "a.xlsx") == [("Action",), ("Planter",)]


def test_booleans_errors_and_formulas_without_a_result() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>SUM(A1)</f></c>'
        '<c r="D1" t="d"><v>2026-05-17T00:00:00</v></c></row>'
    )
    reading = read_document(workbook(sheet), "a.xlsx")
    assert [row.cells for row in reading.sheets[0].rows] == [("1", "#REF!", "=SUM(A1)", "2026-05-17")]
    assert [note.code for note in reading.notes] == ["uncomputed"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("45000", "dd/mm/yyyy", "2023-03-15"), ("45000", "mmm-yy", "2023-03"), ("45000", "yyyy", "2023"),
        ("45000.5", "d/m/yy h:mm", "2023-03-15 12:00"), ("0.75", "h:mm", "18:00"),
        ("1", "dd/mm/yyyy", "1900-01-01"), ("60", "dd/mm/yyyy", "1900-02-28"),
        ("61", "dd/mm/yyyy", "1900-03-01"), ("45000", '[$-80C]dddd d mmmm yyyy', "2023-03-15"),
        ("0.25", "0%", "25%"), ("0.125", "0.0%", "12.5%"), ("1234.5", "#,##0.00", "1234.5"),
        ("1500", '#,##0 "k€"', "1500 k€"), ("1500000", '#,##0, "k€"', "1500 k€"),
        ("1234.5", "[$€-80C] #,##0.00", "€ 1234.5"), ("0.30000000000000004", "General", "0.3"),
        ("1e21", "General", "1000000000000000000000"), ("2030", "General", "2030"), ("-3", "0;[Red]-0", "-3"),
        ("99999999", "dd/mm/yyyy", "99999999"), ("12", "[h]:mm", "12"), ("5", '"Action "0', "Action 5"),
    ],
)  # fmt: skip
def test_numbers_as_people_see_them(value: str, code: str, shown: str) -> None:
    assert numbers.shown(value, code) == shown


def test_days_counted_from_1904() -> None:
    assert numbers.shown("43538", "dd/mm/yyyy", since_1904=True) == "2023-03-15"


# ---- OpenDocument -------------------------------------------------------------------------------------------------


def test_repeated_rows_and_cells_and_what_is_covered() -> None:
    content = ods_of(
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Axe</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    sheet = read_document(content, "a.ods").sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("Axe", "caché")), (5, ("x", "x")), (6, ("x", "x"))]


def test_spaces_tabs_lines_comments_dates_and_numbers_of_opendocument() -> None:
    cell = '<table:table-cell office:value-type="{}" office:{}="{}"><text:p>{}</text:p></table:table-cell>'
    content = ods_of(
        "<table:table-row><table:table-cell><office:annotation><text:p>commentaire</text:p></office:annotation>"
        '<text:p>a<text:s text:c="3"/>b\n   c<text:tab/>d<text:line-break/>e</text:p><text:p>f</text:p></table:table-cell>'
        + cell.format("date", "date-value", "2026-05-17T00:00:00", "17 mai 2026")
        + cell.format("percentage", "value", "0.25", "25,00 %")
        + cell.format("currency", "value", "1234.567", "1.234,57 €")
        + cell.format("float", "value", "1500", "1 500 k€")
        + "</table:table-row>"
    )
    reading = read_document(content, "a.ods")
    assert reading.sheets[0].rows[0].cells == ("a b c d\ne\nf", "2026-05-17", "25%", "1234.567 €", "1500 k€")
    assert [note.code for note in reading.notes] == ["comments"]


# ---- DOCX ---------------------------------------------------------------------------------------------------------


def body(xml: str) -> bytes:
    return changed(
        word(TABLE), "word/document.xml", lambda _old: f"<w:document {W}><w:body>{xml}</w:body></w:document>".encode()
    )


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_insertions_stay_deletions_and_field_codes_go() -> None:
    xml = (
        "<w:tbl><w:tr><w:tc><w:p><w:ins><w:r><w:t>Plan</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>"
        '<w:r><w:t xml:space="preserve">ter </w:t><w:noBreakHyphen/><w:br/><w:t>ici</w:t></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert rows(body(xml), "a.docx") == [("Planter -\nici",)]


def test_content_controls_skipped_columns_and_merged_cells() -> None:
    wide, first, goes_on = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    xml = (
        f"<w:sdt><w:sdtContent><w:tbl><w:sdt><w:sdtContent><w:tr>{cell('A')}{cell('B', wide)}</w:tr>"
        f"</w:sdtContent></w:sdt><w:tr>{cell('C', first)}{cell('D')}{cell('E')}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell('F')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell('G')}</w:tr></w:tbl></w:sdtContent></w:sdt>"
    )
    found = read_document(body(xml), "a.docx").sheets[0].rows
    assert [row.cells for row in found] == [("A", "B"), ("C", "D", "E"), ("", "F"), ("", "", "G")]
    assert found[0].left == {2}
    assert found[2].above == {0}


def test_a_table_inside_a_cell_and_a_table_that_is_only_a_frame() -> None:
    inner = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    beside = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc>{cell('z')}</w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc>{beside}<w:p/></w:tc></w:tr></w:tbl>"
    assert rows(body(frame), "a.docx") == [("x | y", "z")]


# ---- HTML ---------------------------------------------------------------------------------------------------------


def test_cells_that_span_and_text_as_a_page_shows_it() -> None:
    page = (
        "<table><tr><th rowspan=2>A<th colspan=2>B</tr><tr><td>C<td> D\n  E <br>F<p>G</p></tr>"
        "<tr><td rowspan=0>H<td><ul><li>I<li>J</ul><td><b>K</b>L <script>x</script></tr></table>"
    )
    found = read_document(page.encode(), "a.html").sheets[0].rows
    assert [row.cells for row in found] == [("A", "B"), ("", "C", "D E\nF\nG"), ("H", "I\nJ", "KL")]
    assert (found[0].left, found[1].above) == ({2}, {0})


def test_a_page_in_two_bytes_a_letter() -> None:
    assert rows("<html><table><tr><td>Forêt</td></tr></table></html>".encode("utf-16"), "a.html") == [("Forêt",)]


# ---- Text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [";", ",", "|", "\t"])
def test_what_cuts_the_cells_is_found_whatever_their_texts_hold(mark: str) -> None:
    table = Made([("Axe", "Objectif", "Action"), ("A, b", 'dit "oui"; non', "ligne\nsuivante | fin")])
    assert rows(delimited(table, mark=mark), "a.csv")[1] == ("A, b", 'dit "oui"; non', "ligne\nsuivante | fin")


def test_the_line_by_which_excel_says_what_cuts() -> None:
    assert rows(b'sep=,\r\nAction,Budget\r\nPlanter,"1,5"\r\n', "a.csv") == [("Action", "Budget"), ("Planter", "1,5")]


def test_quotes_in_tab_separated_text_are_quotes() -> None:
    content = 'Axe\tAction\n"Quartiers verts" est là\t5" de terre\nB\t"deux\nlignes"\n'.encode()
    assert rows(content, "a.txt") == [
        ("Axe", "Action"),
        ('"Quartiers verts" est là', '5" de terre'),
        ("B", "deux\nlignes"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CO2 < 5 & rising > 3", "CO2 < 5 & rising > 3"), ("a<b and c>d", "a<b and c>d"),
        ("<p>Planter</p>", "Planter"), ("CO<sub>2</sub>", "CO2"), ("<p class='x'>a</p><p>b</p>", "a b"),
        ("R&amp;D &eacute;t&eacute; &#8217;", "R&D été ’"), ("R&D &copy=1", "R&D &copy=1"),
        ("a  b\t c \n d", "a b c\nd"), ("x\u200by\u00adz", "xyz"), ("👩\u200d🌾 ok", "👩\u200d🌾 ok"),
        ("<script>", "<script>"), ("<i>in vitro</i>", "in vitro"), ("a\u00a0b", "a\u00a0b"),
    ],
)  # fmt: skip
def test_stray_tags_go_and_signs_stay(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize(
    ("cell", "text"), [("'=1+1", "=1+1"), ("''-x", "'-x"), ("'été", "'été"), ("=1", "=1"), ("'", "'")]
)
def test_the_apostrophe_in_front_of_a_formula_is_taken_away_once(cell: str, text: str) -> None:
    assert unescaped(cell) == text


def test_a_number_keeps_its_point_and_is_still_a_text() -> None:
    row = Row(1, (Number("1234.567"),))
    assert row.cells[0] == "1234.567"
    assert isinstance(row.cells[0], Number)


def test_pictures_in_an_archive_do_not_count_as_a_bomb() -> None:
    content = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\x00" * 150_000_000)
    assert rows(content.getvalue(), "a.xlsx")[1] == TABLE.rows[1]
