"""The page of a document being read: what is asked, what would change and who wins, what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from senne.plan.api import ImportRun, import_words, importing
from senne.workspace.marking import marked

FIRST = 12
A_PAGE = 60
TEXTS_SHOWN = 6
SECTIONS = ("questions", "changed", "new", "moved", "gone", "read")
QUESTIONS_SHOWN = 20


@dataclass(frozen=True)
class Question:
    """Something strange: where, which texts, and between what to choose (one choice: nothing to decide)."""

    id: str
    title: str
    places: str
    texts: list[tuple[str, str]]
    more: int
    choices: list[tuple[str, str]]
    chosen: str

    @property
    def asks(self) -> bool:
        return len(self.choices) > 1


@dataclass(frozen=True)
class ChangeRow:
    """A field that would change, with the words that differ marked."""

    change: import_words.ChangeShown
    now: SafeString
    new: SafeString


@dataclass(frozen=True)
class RecordShown:
    """A record with its changes; `asks` where a person must say who wins."""

    kind: str
    label: str
    place: str
    rows: list[ChangeRow]

    @property
    def asks(self) -> bool:
        return any(row.change.asked for row in self.rows)


@dataclass(frozen=True)
class Section:
    """One kind of difference: its title, how many, and those on the page."""

    name: str
    title: str
    count: int
    page: Page[Any]

    @property
    def is_whole(self) -> bool:
        return self.page.paginator.num_pages == 1


def questions(run: ImportRun, found: importing.Preview) -> list[Question]:
    """What is strange, what asks for a choice first."""
    shown = []
    for anomaly in found.anomalies:
        texts = [
            (_place(place.sheet, place.row), text) for place, text in zip(anomaly.places, anomaly.texts, strict=False)
        ]
        shown.append(
            Question(
                anomaly.id,
                import_words.anomaly_title(anomaly),
                import_words.places_text(anomaly),
                texts[:TEXTS_SHOWN],
                max(0, len(texts) - TEXTS_SHOWN),
                [(choice, import_words.choice_label(choice)) for choice in anomaly.choices],
                run.choices.get(anomaly.id) if run.choices.get(anomaly.id) in anomaly.choices else anomaly.default,
            )
        )
    return sorted(shown, key=lambda question: not question.asks)


def _place(sheet: str, row: int) -> str:
    told = _("row %(row)s") % {"row": row}
    return f"{sheet}, {told}" if sheet else told


def sections(run: ImportRun, found: importing.Preview, show: str, page: str | None) -> list[Section]:
    """What would change, section by section: the first of each, or the page asked of one."""
    difference = found.difference
    rows: dict[str, tuple[str, list[Any]]] = {
        "changed": (_("Changed"), _changed(run, found)),
        "new": (
            _("New"),
            [(_kind(n.kind), n.label or "–", _place(n.place.sheet, n.place.row)) for n in difference.new],
        ),
        "moved": (_("Moved"), _moved(run, found)),
        "gone": (
            _("No longer in the document (they stay in the plan)"),
            [(_kind(known.kind), f"{known.code} {known.name}", "") for known in difference.gone],
        ),
    }
    made = []
    for name, (title, items) in rows.items():
        if not items or (show in SECTIONS and show != name):
            continue
        paginator = Paginator(items, A_PAGE if show == name else FIRST)
        made.append(Section(name, title, len(items), paginator.get_page(page if show == name else 1)))
    return made


def _kind(kind: str) -> str:
    return {
        "theme": _("Theme"),
        "axis": _("Axis"),
        "objective": _("Objective"),
        "action": _("Action"),
        "plan": _("Plan"),
    }[kind]


def _changed(run: ImportRun, found: importing.Preview) -> list[RecordShown]:
    by = import_words.who_edited(found.difference)
    shown = []
    if found.difference.plan and run.plan is not None:
        known = found.plan_known
        rows = [_row(run, change, "plan", known, "") for change in found.difference.plan]
        shown.append(RecordShown(_kind("plan"), str(run.plan), "", rows))
    for node, known, changes in found.difference.changed:
        rows = [
            _row(run, change, node.kind, known, by.get((node.kind, known.id, change.name), "")) for change in changes
        ]
        place = _place(node.place.sheet, node.place.row)
        shown.append(RecordShown(_kind(node.kind), f"{known.code} {known.name}", place, rows))
    return sorted(shown, key=lambda record: not record.asks)


def _moved(run: ImportRun, found: importing.Preview) -> list[RecordShown]:
    by = import_words.who_edited(found.difference)
    return [
        RecordShown(
            _kind(node.kind),
            f"{known.code} {known.name}",
            _place(node.place.sheet, node.place.row),
            [_row(run, change, node.kind, known, by.get((node.kind, known.id, "under"), ""))],
        )
        for node, known, change in found.difference.moved
    ]


def _row(run: ImportRun, change: Any, kind: str, known: Any, by: str) -> ChangeRow:
    shown = import_words.change_shown(change, kind, known, run.choices, by)
    return ChangeRow(shown, *marked(shown.now, shown.new))


@dataclass(frozen=True)
class Line:
    """A record as it was read: how deep it stands, its kind and text, where in the document."""

    depth: int
    kind: str
    label: str
    place: str
    made: bool


def lines_read(found: importing.Preview) -> list[Line]:
    """Everything that was read, in the order of the document."""
    depth = {"theme": 0, "axis": 1, "objective": 2, "action": 3}
    return [
        Line(depth[node.kind], _kind(node.kind), node.label or "–", _place(node.place.sheet, node.place.row), node.made)
        for node in found.draft.root.walk()
        if node.kind in depth
    ]


def posted_choices(data: Any, found: importing.Preview) -> dict[str, str]:
    """The choices that a form sends, and those that 'everywhere' means."""
    chosen = {a.id: str(data[a.id]) for a in found.anomalies if data.get(a.id) in a.choices}
    chosen |= {str(k): str(v) for k, v in data.items() if str(k).startswith("take:") and v in {"mine", "theirs"}}
    everywhere = data.get("everywhere")
    if everywhere in {"mine", "theirs"}:
        difference = found.difference
        entries = [(node.kind, known.id, change) for node, known, change in difference.conflicts()]
        if found.plan_known is not None:
            entries += [
                ("plan", found.plan_known.id, change) for change in difference.plan if change.state == "conflict"
            ]
        chosen |= {f"take:{kind}:{pk}:{change.name}": everywhere for kind, pk, change in entries}
    return chosen
