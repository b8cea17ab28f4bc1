"""The columns in which plans travel: what each is called in French, Dutch and English, and which field it carries. Pure.

The order is that of the files that go out: first what people read, then what only matters when the file comes in again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LANGUAGES = ("fr", "nl", "en")
LIST_SEPARATOR = "; "
MARK = "senne-plan/1"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Column:
    """A column: its key, the kind of record and the field it carries, how its cells are written, its names.

    `kind` is text (one column per language), plain, code, date, year, number, amount, flag, word, list, json, or told
    (computed by Senne: goes out, never comes in).
    """

    key: str
    level: str
    field: str
    kind: str
    names: tuple[str, str, str]
    technical: bool = False

    def name(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)]


def _column(key: str, level: str, field: str, kind: str, names: str, technical: bool = False) -> Column:
    fr, nl, en = (name.strip() for name in names.split("|"))
    return Column(key, level, field, kind, (fr, nl, en), technical)


def _later(key: str, level: str, field: str, kind: str, names: str) -> Column:
    return _column(key, level, field, kind, names, technical=True)


COLUMNS: tuple[Column, ...] = (
    _column("theme_code", "theme", "code", "code", "Code du thème | Themacode | Theme code"),
    _column("theme", "theme", "name", "text", "Thème | Thema | Theme"),
    _column("axis_code", "axis", "code", "code", "Code de l'axe | Ascode | Axis code"),
    _column("axis", "axis", "name", "text", "Axe | As | Axis"),
    _column("objective_code", "objective", "code", "code", "Code de l'objectif | Doelstellingscode | Objective code"),
    _column("objective", "objective", "statement", "text", "Objectif | Doelstelling | Objective"),
    _column("code", "action", "code", "code", "Code | Code | Code"),
    _column("title", "action", "title", "text", "Action | Actie | Action"),
    _column("status", "action", "status", "word", "Statut | Status | Status"),
    _column("phase", "action", "phase", "word", "Phase | Fase | Phase"),
    _column("lead", "action", "lead", "plain", "Pilote | Trekker | Lead"),
    _column("partners", "action", "partners", "list", "Partenaires | Partners | Partners"),
    _column("start", "action", "start", "date", "Début | Begin | Start"),
    _column("end", "action", "end", "date", "Échéance | Einde | End"),
    _column("continuous", "action", "continuous", "flag", "En continu | Doorlopend | Continuous"),
    _column("health", "action", "health", "told", "Santé (calculée) | Gezondheid (berekend) | Health (computed)"),
    _column("progress", "action", "progress", "told", "Progrès (calculé) | Voortgang (berekend) | Progress (computed)"),
    _column("news", "action", "news", "text", "Où en est l'action | Hoever staat de actie | News"),
    _column(
        "last_reported_on", "action", "last_reported_on", "date", "Dernier rapport | Laatste verslag | Last report"
    ),
    _column("description", "action", "description", "text", "Description | Beschrijving | Description"),
    _column(
        "expected_effect", "action", "expected_effect", "text", "Effet attendu | Verwacht effect | Expected effect"
    ),
    _column("characteristics", "action", "characteristics", "list", "Caractéristiques | Kenmerken | Characteristics"),
    _column("tags", "action", "tags", "list", "Mots-clés | Trefwoorden | Tags"),
    _column("sponsor", "action", "sponsor", "plain", "Mandataire | Mandataris | Political sponsor"),
    _column("priority", "action", "priority", "word", "Priorité | Prioriteit | Priority"),
    _column(
        "status_reason", "action", "status_reason", "text", "Raison du statut | Reden van de status | Status reason"
    ),
    _column("internal_notes", "action", "internal_notes", "plain", "Notes internes | Interne nota's | Internal notes"),
    _later("status_since", "action", "status_since", "date", "Statut depuis | Status sinds | Status since"),
    _later("visibility", "action", "visibility", "word", "Visibilité | Zichtbaarheid | Visibility"),
    _later("weight", "action", "weight", "number", "Poids | Gewicht | Weight"),
    _later("also_serves", "action", "also_serves", "list", "Sert aussi | Dient ook | Also serves"),
    _later("location", "action", "location", "json", "Lieu (GeoJSON) | Plaats (GeoJSON) | Place (GeoJSON)"),
    _later("merged_into", "action", "merged_into", "plain", "Fusionnée dans | Samengevoegd in | Merged into"),
    _later("superseded_by", "action", "superseded_by", "plain", "Remplacée par | Vervangen door | Superseded by"),
    _later("copy_of", "action", "copy_of", "plain", "Copie de | Kopie van | Copy of"),
    _later(
        "health_override", "action", "health_override", "word", "Santé jugée | Beoordeelde gezondheid | Judged health"
    ),
    _later(
        "health_override_until",
        "action",
        "health_override_until",
        "date",
        "Jugement valable jusqu'au | Oordeel geldig tot | Judgement until",
    ),
    _later(
        "health_override_reason",
        "action",
        "health_override_reason",
        "text",
        "Raison du jugement | Reden van het oordeel | Judgement reason",
    ),
    _later("vision", "theme", "description", "text", "Vision | Visie | Vision"),
    _later("theme_weight", "theme", "weight", "number", "Poids du thème | Gewicht van het thema | Theme weight"),
    _later(
        "axis_description",
        "axis",
        "description",
        "text",
        "Description de l'axe | Beschrijving van de as | Axis description",
    ),
    _later("axis_weight", "axis", "weight", "number", "Poids de l'axe | Gewicht van de as | Axis weight"),
    _later(
        "objective_description",
        "objective",
        "description",
        "text",
        "Description de l'objectif | Beschrijving van de doelstelling | Objective description",
    ),
    _later("horizon", "objective", "horizon", "year", "Horizon | Horizon | Horizon"),
    _later(
        "target_quantity", "objective", "target_quantity", "text", "Grandeur visée | Doelgrootheid | Target quantity"
    ),
    _later("target_value", "objective", "target_value", "amount", "Cible | Streefwaarde | Target"),
    _later(
        "target_unit", "objective", "target_unit", "plain", "Unité de la cible | Eenheid van het doel | Target unit"
    ),
    _later("target_year", "objective", "target_year", "year", "Année de la cible | Streefjaar | Target year"),
    _later(
        "baseline_value", "objective", "baseline_value", "amount", "Valeur de départ | Beginwaarde | Baseline value"
    ),
    _later("baseline_year", "objective", "baseline_year", "year", "Année de départ | Beginjaar | Baseline year"),
    _later(
        "objective_lead",
        "objective",
        "lead",
        "plain",
        "Pilote de l'objectif | Trekker van de doelstelling | Objective lead",
    ),
    _later(
        "objective_owner",
        "objective",
        "owner",
        "plain",
        "Porteur de l'objectif | Eigenaar van de doelstelling | Objective owner",
    ),
    _later(
        "objective_weight",
        "objective",
        "weight",
        "number",
        "Poids de l'objectif | Gewicht van de doelstelling | Objective weight",
    ),
    _later(
        "objective_visibility",
        "objective",
        "visibility",
        "word",
        "Visibilité de l'objectif | Zichtbaarheid van de doelstelling | Objective visibility",
    ),
    _later(
        "objective_last_reported_on",
        "objective",
        "last_reported_on",
        "date",
        "Dernier rapport de l'objectif | Laatste verslag van de doelstelling | Objective last report",
    ),
    _later("fingerprints", "row", "", "plain", "Empreintes | Vingerafdrukken | Fingerprints"),
)
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Child:
    """A list that hangs on a record: a sheet of its own in a workbook, one cell of JSON in a single table."""

    field: str
    level: str
    names: tuple[str, str, str]
    columns: tuple[Column, ...]

    def name(self, language: str) -> str:
        return self.names[LANGUAGES.index(language)]


def _child(field: str, level: str, names: str, *columns: Column) -> Child:
    fr, nl, en = (name.strip() for name in names.split("|"))
    return Child(field, level, (fr, nl, en), columns)


CHILDREN: tuple[Child, ...] = (
    _child(
        "steps",
        "action",
        "Étapes | Stappen | Steps",
        _column("step", "", "title", "text", "Étape | Stap | Step"),
        _column("due", "", "due", "date", "Pour le | Tegen | Due"),
        _column("done", "", "done", "date", "Faite le | Gedaan op | Done on"),
        _column("assignee", "", "assignee", "plain", "Chargé de l'étape | Uitvoerder van de stap | Assignee"),
    ),
    _child(
        "budget",
        "action",
        "Budget | Budget | Budget",
        _column("year", "", "year", "year", "Année | Jaar | Year"),
        _column("nature", "", "nature", "word", "Nature | Aard | Nature"),
        _column("kind", "", "kind", "word", "Prévu ou réel | Gepland of reëel | Planned or actual"),
        _column("amount", "", "amount", "amount", "Montant | Bedrag | Amount"),
        _column("unit", "", "unit", "word", "Unité | Eenheid | Unit"),
        _column("approximate", "", "approximate", "flag", "Environ | Ongeveer | Approximate"),
        _column("funder", "", "funder", "plain", "Financeur | Financier | Funder"),
        _column("note", "", "note", "plain", "Note | Nota | Note"),
    ),
    _child(
        "contacts",
        "action",
        "Personnes | Personen | People",
        _column("person", "", "person", "plain", "Personne | Persoon | Person"),
        _column("role", "", "role", "word", "Rôle | Rol | Role"),
    ),
    _child(
        "links",
        "action",
        "Liens | Links | Links",
        _column("url", "", "url", "plain", "Adresse | Adres | Address"),
        _column("label", "", "label", "text", "Libellé | Omschrijving | Label"),
    ),
    _child(
        "documents",
        "action",
        "Documents | Documenten | Documents",
        _column("file", "", "name", "plain", "Fichier | Bestand | File"),
        _column("sha256", "", "sha256", "plain", "SHA-256 | SHA-256 | SHA-256"),
        _column("label", "", "label", "text", "Libellé | Omschrijving | Label"),
        _column("public", "", "public", "flag", "Document public | Openbaar document | Public document"),
    ),
    _child(
        "relations",
        "action",
        "Relations | Relaties | Relations",
        _column("relation", "", "kind", "word", "Relation | Relatie | Relation"),
        _column("other", "", "action", "plain", "Autre action | Andere actie | Other action"),
    ),
    _child(
        "ties",
        "objective",
        "Liens entre objectifs | Banden tussen doelstellingen | Ties",
        _column("tie", "", "kind", "word", "Lien | Band | Tie"),
        _column("other", "", "objective", "plain", "Autre objectif | Andere doelstelling | Other objective"),
    ),
    _child(
        "extra",
        "",
        "Autres colonnes | Andere kolommen | Other columns",
        _column("column", "", "column", "plain", "Colonne | Kolom | Column"),
        _column("text", "", "text", "plain", "Texte | Tekst | Text"),
    ),
)

PLAN_FIELDS: tuple[Column, ...] = (
    _column("plan_code", "plan", "code", "code", "Code du plan | Plancode | Plan code"),
    _column("plan_name", "plan", "name", "text", "Nom du plan | Naam van het plan | Plan name"),
    _column(
        "plan_description",
        "plan",
        "description",
        "text",
        "Description du plan | Beschrijving van het plan | Plan description",
    ),
    _column("plan_kind", "plan", "kind", "word", "Sorte de plan | Soort plan | Kind of plan"),
    _column("plan_organisation", "plan", "organisation", "plain", "Organisation | Organisatie | Organisation"),
    _column(
        "plan_visibility",
        "plan",
        "visibility",
        "word",
        "Visibilité du plan | Zichtbaarheid van het plan | Plan visibility",
    ),
    _column("adopted_on", "plan", "adopted_on", "date", "Adopté le | Goedgekeurd op | Adopted on"),
    _column("start_year", "plan", "start_year", "year", "Première année | Eerste jaar | First year"),
    _column("end_year", "plan", "end_year", "year", "Dernière année | Laatste jaar | Last year"),
    _column(
        "ageing_after",
        "plan",
        "ageing_after",
        "number",
        "Un rapport vieillit après (jours) | Een verslag veroudert na (dagen) | Reports age after (days)",
    ),
    _column(
        "stale_after",
        "plan",
        "stale_after",
        "number",
        "Un rapport est périmé après (jours) | Een verslag is verouderd na (dagen) | Reports are stale after (days)",
    ),
    _column(
        "plan_fingerprint",
        "plan",
        "fingerprint",
        "plain",
        "Empreinte du plan | Vingerafdruk van het plan | Plan fingerprint",
    ),
)


def fold(text: str) -> str:
    """Lower case, no accents, single spaces between letters and digits: 'Axe Stratégique' is 'axe strategique'."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))


def identity(text: str) -> str:
    """What makes two texts the same text: letters, digits and signs, whatever the case, spaces and closing dots."""
    plain = unicodedata.normalize("NFKC", text.casefold()).replace("’", "'").replace("‘", "'")
    return " ".join(plain.split()).rstrip(" .;:,") or text


def label_of(level: str, field: str, language: str) -> str:
    """What people call a field of a kind of record; the field itself where it has no name."""
    if field in {"name", "statement", "title"}:
        return ("Intitulé", "Titel", "Title")[LANGUAGES.index(language)]
    for column in (*COLUMNS, *PLAN_FIELDS):
        if column.level == level and column.field == field:
            return column.name(language)
    for child in CHILDREN:
        if child.field == field:
            return child.name(language)
    return field
