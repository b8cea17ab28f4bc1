"""What PDF/UA wants and WeasyPrint leaves out: scopes of head cells, the tree of element names, footers as artifacts."""

from __future__ import annotations

from typing import Any

PRINTED = 4  # the flag of an annotation that paper shows too (ISO 32000-1, table 165)


def finish(document: Any, pdf: Any) -> None:
    """Called by WeasyPrint when the PDF is whole, before it is written."""
    import pydyf

    elements = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "S" in item and "P" in item]
    _scopes(elements, pdf)
    _names(elements, pdf)
    _footers(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link":
            item["F"] = PRINTED


def _scopes(elements: list[Any], pdf: Any) -> None:
    """A head cell in the table's head is a column's (ISO 32000-1, table 349), any other a row's."""
    for element in elements:
        if element["S"] == "/TH":
            row = _at(element["P"], pdf)
            in_head = row["S"] == "/THead" or _at(row["P"], pdf)["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _names(elements: list[Any], pdf: Any) -> None:
    """Elements that have an ID need an IDTree (ISO 32000-1, table 322)."""
    import pydyf

    named = sorted(((item["ID"], item) for item in elements if "ID" in item), key=lambda pair: pair[0].data)
    if named:
        pairs = pydyf.Array([part for name, item in named for part in (name, item.reference)])
        tree = pydyf.Dictionary({"Limits": pydyf.Array([named[0][0], named[-1][0]]), "Names": pairs})
        pdf.add_object(tree)
        _at(pdf.catalog["StructTreeRoot"], pdf)["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([tree.reference])})


def _footers(pdf: Any) -> None:
    """What stands in the margin of each page is tagged, but hangs on no tree: it becomes an artifact (ISO 14289-1, 7.8)."""
    import pydyf

    root = _at(pdf.catalog["StructTreeRoot"], pdf)
    reached = _below(root, pdf)
    numbers = _at(root["ParentTree"], pdf)["Nums"]
    footer = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})
    for page in (pdf.objects[number] for number in pdf.pages["Kids"][::3]):
        elements = numbers[numbers.index(page["StructParents"]) + 1]
        stray = {place for place, reference in enumerate(elements) if _number(reference) not in reached}
        operators = _at(page["Contents"], pdf).stream
        for place, operator in enumerate(operators):
            if isinstance(operator, pydyf.Dictionary) and operator.get("MCID") in stray:
                operators[place - 1 : place + 1] = ["/Artifact", footer]
        for place in stray:
            elements[place] = "null"


def _below(root: Any, pdf: Any) -> set[int]:
    """Numbers of the elements that hang on the tree."""
    reached: set[int] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and _number(reference) not in reached:
            reached.add(_number(reference))
            waiting += _at(reference, pdf).get("K", [])
    return reached


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _at(reference: bytes, pdf: Any) -> Any:
    """The object behind b'12 0 R'."""
    return pdf.objects[_number(reference)]
