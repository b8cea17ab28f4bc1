"""Growing the tree: entering themes, axes and objectives, adding actions, going on with rows that a page cut."""

from __future__ import annotations

from senne.plan.columns import BY_KEY, identity
from senne.plan.reading import codes
from senne.plan.reading.cells import PARTS, Cells, Found, shared_cells, sort_cells
from senne.plan.reading.draft import CHILD, NAME_OF, PARENT, Draft, Node, Place
from senne.plan.reading.filling import Filler
from senne.plan.reading.headers import Header
from senne.plan.reading.tables import Row
from senne.plan.reading.values import whole_year

_OWN_TEXTS = {
    "vision": "theme",
    "axis_description": "axis",
    "objective_description": "objective",
    "target_quantity": "objective",
}


class Grower:
    """Remembers where in the tree the reader stands."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.language = draft, draft.language
        self.here: dict[str, Node] = {"plan": draft.root}
        self._by_text: dict[tuple[str, str, str, str], Node] = {}
        self._by_code: dict[tuple[str, str, str], Node] = {}
        self._last: dict[int, str] = {}

    def start_sheet(self, language: str) -> None:
        """A sheet of its own does not go on where the one before ended."""
        self.language = language
        self.here = {"plan": self.draft.root}

    def start_table(self) -> None:
        self._last = {}

    def with_shared(self, row: Row, header: Header) -> Row:
        """The row with what cells merged downwards say of it; remembers its own cells for the rows below."""
        shared = shared_cells(row, header, self._last) if self._names_action(row, header) else row
        for position, text in enumerate(row.cells):
            if text:
                self._last[position] = text
            elif position not in row.above:
                self._last.pop(position, None)
        return shared

    @staticmethod
    def _names_action(row: Row, header: Header) -> bool:
        heads = (header.at(position)[0] for position, cell in enumerate(row.cells) if cell)
        return any(head and head.key in {"title", "code"} for head in heads)

    # ---- A row ----------------------------------------------------------------------------------------------------

    def add(self, cells: Cells, row: Row, header: Header, place: Place) -> None:
        """Put a row's cells where they belong."""
        if cells.is_empty():
            return
        own = self._code_of_part(cells)
        for kind, (code_key, text_key) in PARTS.items():
            code = own if own is not None and kind == self._deepest(cells) else cells.plain.get(code_key)
            if cells.has(kind) or code is not None:
                self._enter_cells(kind, code, dict(cells.texts.get(text_key, {})), place)
        self._part_fields(cells, place)
        merged = any(h and h.key == "title" for p in row.above if (h := header.at(p)[0]))
        if cells.is_action() or ("code" in cells.plain and own is None and not merged):
            self._action(cells, place)
        elif cells.has_part():
            self._beside_part(cells, place)
        else:
            self._continue(cells, place)

    def _deepest(self, cells: Cells) -> str:
        return next((kind for kind in reversed(PARTS) if cells.has(kind)), "")

    def _code_of_part(self, cells: Cells) -> Found | None:
        """The code cell of a row that names a theme, axis or objective and no action is that part's code."""
        kind = self._deepest(cells)
        if cells.is_action() or not kind or PARTS[kind][0] in cells.plain:
            return None
        return cells.plain.get("code")

    def _enter_cells(self, kind: str, given: Found | None, text: dict[str, str], place: Place) -> None:
        code, kept = "", None
        if given is not None:
            try:
                code = codes.whole_code(given.text)
                kept = None if codes.is_exact(code, codes.take_apart(given.text).code or given.text) else given
            except ValueError:
                kept = given
        for language, written in text.items():
            found = codes.take_apart(written)
            if found.code and found.kind in {"", kind} and (not code or code == found.code):
                code = found.code
                text[language] = found.text or written
        node = self.enter(kind, code, text, place)
        if kept is not None:
            self._keep(node, kept.word, kept.text, place)

    def enter(self, kind: str, code: str, text: dict[str, str], place: Place) -> Node:
        """Stand in a theme, axis or objective: the one of that code or text under the same parent, or a new one."""
        above = PARENT[kind]
        if above not in self.here:
            self.enter(above, "", {}, place)
        parent = self.here[above]
        node = self._found(kind, parent, code, text)
        if node is None:
            node = Node(kind, _key(kind, parent), place, code, {NAME_OF[kind]: dict(text)} if text else {})
            node.made = not code and not text
            parent.children.append(node)
        else:
            self._add_text(node, text, place)
        self._remember(kind, parent, node, code, text)
        self.here[kind] = node
        below = kind
        while (below := CHILD.get(below, "")) != "":
            self.here.pop(below, None)
        return node

    def _found(self, kind: str, parent: Node, code: str, text: dict[str, str]) -> Node | None:
        """With a code: the same code, unless its text is another in the same language. Without: the same text."""
        for language, written in text.items():
            node = self._by_text.get((kind, parent.key, language, f"{code} {identity(written)}"))
            if node is not None:
                return node
        node = self._by_code.get((kind, parent.key, code)) if code or not text else None
        return None if node is not None and set(node.name) & set(text) else node

    def _remember(self, kind: str, parent: Node, node: Node, code: str, text: dict[str, str]) -> None:
        if code or not text:
            self._by_code.setdefault((kind, parent.key, code), node)
        for language, written in text.items():
            same = identity(written)
            self._by_text.setdefault((kind, parent.key, language, f"{code} {same}"), node)
            self._by_text.setdefault((kind, parent.key, language, f" {same}"), node)

    def _add_text(self, node: Node, text: dict[str, str], place: Place) -> None:
        own = node.fields.setdefault(NAME_OF[node.kind], {})
        for language, written in text.items():
            if own.setdefault(language, written) != written:
                self.draft.odd("other_wording", place, found=written)

    def _part_fields(self, cells: Cells, place: Place) -> None:
        """Vision, descriptions and horizon of the theme, axis or objective that the row stands in."""
        for key, kind in _OWN_TEXTS.items():
            node = self.here.get(kind)
            for language, text in cells.texts.pop(key, {}).items():
                own = node.fields.setdefault(BY_KEY[key].field, {}) if node else {}
                if node is None:
                    self.draft.odd("left_over", place, key, text)
                elif own.setdefault(language, text) != text:
                    self._keep(node, key, text, place)
        found = cells.plain.pop("horizon", None)
        if found is None:
            return
        node = self.here.get("objective")
        try:
            year = whole_year(found.text)
        except ValueError:
            year = 0
        if node is None or not year or node.fields.setdefault("horizon", year) != year:
            self._keep(node, found.word, found.text, place)

    def _keep(self, node: Node | None, word: str, text: str, place: Place) -> None:
        """Keep a text with a record that can bear it, else list it."""
        if node is not None and node.kind in {"objective", "action"}:
            node.keep(word, text)
        else:
            self.draft.odd("left_over", place, word, text)

    def _beside_part(self, cells: Cells, place: Place) -> None:
        """What stands in the row of a theme, axis or objective, and is not of it."""
        node = self.here[self._deepest(cells)]
        for word, text in _rest(cells):
            self._keep(node, word, text, place)

    # ---- Actions --------------------------------------------------------------------------------------------------

    def _action(self, cells: Cells, place: Place) -> None:
        if "objective" not in self.here:
            self.enter("objective", "", {}, place)
        parent = self.here["objective"]
        node = Node("action", _key("action", parent), place)
        Filler(self.draft, self.language).fill(node, cells, place)
        twin = self._twin(node, parent, place)
        if twin is not None:
            twin.fields["title"] |= node.name
            cells.plain.pop("code", None)
            Filler(self.draft, self.language).more(twin, cells, place)
        else:
            parent.children.append(node)
        self.here["action"] = twin or node
        for word, _text in cells.unknown:
            self.draft.odd("unknown_column", place, word, _text)

    def _twin(self, node: Node, parent: Node, place: Place) -> Node | None:
        """The same action in another language, on another sheet."""
        for other in parent.children if node.code else ():
            apart = other.place.sheet != place.sheet and not set(other.name) & set(node.name)
            if other.code == node.code and apart:
                return other
        return None

    def _continue(self, cells: Cells, place: Place) -> None:
        """A row that only goes on with the action above it."""
        node, code = self.here.get("action"), cells.plain.get("code")
        rest = _rest(cells)
        alone = [*([(code.word, code.text)] if code else ()), *rest]
        if node is None and "objective" in self.here:
            self._beside(self.here["objective"], alone, place)
        elif node is None:
            for word, text in alone:
                self.draft.odd("left_over", place, word, text)
        else:
            Filler(self.draft, self.language).more(node, cells, place)
            if code:
                node.keep(code.word, code.text)
            self.draft.odd("continued", place, found=" | ".join(text for _word, text in rest))

    def _beside(self, node: Node, rest: list[tuple[str, str]], place: Place) -> None:
        for word, text in rest:
            self._keep(node, word, text, place)

    def goes_on(self, row: Row, header: Header, place: Place, sure: bool) -> bool:
        """Does the first row of a page go on with the last row of the page before? It is then added to it.

        `sure`: the page shows that it cut the row. Else texts that begin in the middle of a sentence tell it.
        """
        node = self.here.get("action") or self.here.get("objective")
        cells = sort_cells(row, header, self.language)
        if node is None or cells.plain.keys() & {"code", *(code for code, _text in PARTS.values())}:
            return False
        texts = [text for key in (*PARTS, "title") for text in cells.texts.get(key, {}).values()]
        if not sure and not (texts and all(text[0].islower() or text[0] in ",;.)" for text in texts)):
            return False
        for key in (*PARTS, "title"):
            for language, text in cells.texts.pop(key, {}).items():
                self._lengthen("action" if key == "title" else key, language, text, place)
        self.draft.odd("joined", place, found=" | ".join(row.filled()))
        lead, before = cells.plain.get("lead"), node.fields.get("lead")
        if lead is not None and before:
            node.fields["lead"] = f"{before} {lead.text}"
            del cells.plain["lead"]
        if not cells.is_empty():
            self._continue(cells, place)
        return True

    def _lengthen(self, kind: str, language: str, text: str, place: Place) -> None:
        node = self.here.get(kind)
        if node is None:
            self.draft.odd("left_over", place, kind, text)
            return
        own = node.fields.setdefault(NAME_OF[kind], {})
        own[language] = f"{own[language]} {text}" if language in own else text


def _rest(cells: Cells) -> list[tuple[str, str]]:
    """Everything of the row that is not a theme's, an axis's or an objective's, with the word that heads it."""
    parts = {key for pair in PARTS.values() for key in pair}
    return [
        *((key, text) for key, texts in cells.texts.items() if key not in parts for text in texts.values()),
        *((found.word, found.text) for key, found in cells.plain.items() if key not in parts and key != "code"),
        *((found.word, found.text) for found in cells.lists),
        *((value, "x") for value in cells.ticks),
        *cells.unknown,
    ]


def _key(kind: str, parent: Node) -> str:
    return f"{'' if parent.kind == 'plan' else parent.key + '/'}{kind}{len(parent.children) + 1}"
