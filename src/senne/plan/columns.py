"""The columns in which plans travel, and the words by which documents name them, in French, Dutch and English. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LANGUAGES = ("fr", "nl", "en")


@dataclass(frozen=True)
class Column:
    """One column: its key, how we head it, other words for it, whether it holds a text per language or a list."""

    key: str
    header: str
    words: tuple[str, ...] = ()
    translated: bool = False
    many: bool = False


COLUMNS = (
    Column("theme_code", "Theme code", ("code theme", "themacode")),
    Column("theme", "Theme", ("theme", "thema", "chapitre", "hoofdstuk", "chapter", "thematique"), True),
    Column("vision", "Vision", ("vision", "visie", "vision 2050"), True),
    Column("axis_code", "Axis code", ("code axe", "ascode")),
    Column(
        "axis",
        "Axis",
        ("axe", "as", "axis", "axe strategique", "strategische as", "strategic axis", "pijler"),
        True,
    ),
    Column("objective_code", "Objective code", ("code objectif", "doelstellingscode")),
    Column(
        "objective",
        "Objective",
        (
            "objectif",
            "doelstelling",
            "objective",
            "objectif strategique",
            "strategische doelstelling",
            "strategic objective",
            "doel",
            "goal",
        ),
        True,
    ),
    Column("objective_description", "Objective description", (), True),
    Column("horizon", "Horizon", ("horizon",)),
    Column(
        "code",
        "Code",
        ("code", "numero", "nummer", "number", "n", "no", "nr", "ref", "reference", "id", "action code"),
    ),
    Column(
        "title",
        "Action",
        (
            "action",
            "actie",
            "mesure",
            "maatregel",
            "measure",
            "titre",
            "titel",
            "title",
            "actions",
            "acties",
            "intitule",
        ),
        True,
    ),
    Column("description", "Description", ("description", "beschrijving", "omschrijving"), True),
    Column(
        "expected_effect",
        "Expected effect",
        (
            "effet attendu",
            "effets attendus",
            "verwacht effect",
            "expected effect",
            "impact",
            "resultat attendu",
        ),
        True,
    ),
    Column(
        "characteristics",
        "Characteristics",
        ("caracteristiques", "caracteristique", "kenmerken", "kenmerk", "characteristics", "type"),
        many=True,
    ),
    Column("tags", "Tags", ("tags", "mots cles", "trefwoorden", "keywords", "etiquettes"), many=True),
    Column(
        "lead",
        "Lead",
        (
            "pilote",
            "trekker",
            "lead",
            "porteur",
            "service porteur",
            "service pilote",
            "responsable",
            "verantwoordelijke",
            "responsible",
            "lead organisation",
            "departement",
        ),
    ),
    Column("partners", "Partners", ("partenaires", "partners", "partenaire", "partner"), many=True),
    Column("status", "Status", ("statut", "status", "etat", "etat d avancement", "stand van zaken", "state")),
    Column("status_reason", "Status reason", (), True),
    Column("phase", "Phase", ("phase", "fase")),
    Column("priority", "Priority", ("priorite", "prioriteit", "priority")),
    Column("start", "Start", ("debut", "start", "date de debut", "startdatum", "begin", "start date")),
    Column(
        "end",
        "End",
        (
            "echeance",
            "termijn",
            "deadline",
            "fin",
            "einde",
            "end",
            "date de fin",
            "einddatum",
            "timing",
            "calendrier",
            "planning",
            "end date",
        ),
    ),
    Column("continuous", "Continuous", ("continu", "doorlopend", "continuous")),
    Column("budget", "Budget", ("budget", "cout", "kosten", "kost", "cost", "couts", "budget estime")),
    Column("budget_lines", "Budget lines"),
    Column("steps", "Steps", ("etapes", "stappen", "steps", "jalons", "mijlpalen", "milestones")),
    Column("indicator", "Indicator", ("indicateur", "indicateurs", "indicator", "indicatoren", "indicators")),
    Column("news", "News", ("avancement", "voortgang", "progress", "news", "nouvelles"), True),
    Column("last_report", "Last report"),
    Column("visibility", "Visibility", ("visibilite", "zichtbaarheid", "visibility")),
    Column("weight", "Weight", ("poids", "gewicht", "weight")),
    Column("also_serves", "Also serves", many=True),
    Column(
        "notes",
        "Internal notes",
        (
            "notes internes",
            "interne nota s",
            "internal notes",
            "commentaire",
            "commentaires",
            "remarques",
            "opmerkingen",
            "comments",
            "notes",
        ),
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
LIST_SEPARATOR = "; "


def fold(text: str) -> str:
    """Lower case, no accents, single spaces between letters and digits: 'Axe Stratégique' is 'axe strategique'."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


_KNOWN: dict[str, str] = {}
for _column in COLUMNS:
    for _word in (_column.key.replace("_", " "), _column.header, *_column.words):
        _KNOWN.setdefault(fold(_word), _column.key)
_SUFFIX = re.compile(r"[\s_(\[/-]+(fr|nl|en)\s*[)\]]?\s*$", re.IGNORECASE)


def recognise(header: str) -> tuple[str, str] | None:
    """(column key, language or '') of a header cell, or None for a word that is not ours."""
    language = ""
    if match := _SUFFIX.search(header):
        language, header = match.group(1).lower(), header[: match.start()]
    key = _KNOWN.get(fold(header))
    if key is None:
        return None
    return key, language if BY_KEY[key].translated else ""


def headers() -> list[tuple[str, str, str]]:
    """(key, language, header) of every column of an export, in order."""
    found = []
    for column in COLUMNS:
        if column.key in {"budget", "indicator"}:
            continue
        if column.translated:
            found += [(column.key, code, f"{column.header} ({code})") for code in LANGUAGES]
        else:
            found.append((column.key, "", column.header))
    return found
