"""The words by which plan documents head their columns, in French, Dutch and English, and what else a header may say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from senne.plan.columns import BY_KEY, COLUMNS, LANGUAGES, fold
from senne.plan.reading.wording import characteristic

# Besides the keys of plan/columns.py: `measure` is an action, or an objective where an action column is there too;
# `operational` the same for objectives; `level` any level above, by its place; `aim` the same, or an objective;
# `indicator` has no field of its own yet.
_WORDS: dict[str, dict[str, str]] = {
    "theme_code": {
        "fr": "code theme|numero theme|n theme",
        "nl": "themanummer|nr thema",
        "en": "theme number|theme no",
    },
    "theme": {
        "fr": "theme|thematique|chapitre|volet",
        "nl": "thema|hoofdstuk|themas",
        "en": "theme|chapter",
    },
    "vision": {"fr": "vision|vision 2050", "nl": "visie|visie 2050", "en": "vision"},
    "axis_code": {"fr": "code axe|numero axe|n axe|axe n", "nl": "asnummer|nr as", "en": "axis number|axis no"},
    "axis": {
        "fr": "axe|axe strategique|axe de travail|axe d intervention|axe prioritaire|pilier|axe thematique",
        "nl": "as|strategische as|pijler|krachtlijn|beleidslijn|werkas",
        "en": "axis|strategic axis|pillar|strand",
    },
    "objective_code": {
        "fr": "code objectif|numero objectif|n objectif|objectif n|n de l objectif",
        "nl": "nr doelstelling|doelstellingsnummer|nummer doelstelling",
        "en": "objective number|objective no",
    },
    "objective": {
        "fr": "objectif|objectif strategique|objectif general|objectif vise|objectif poursuivi|but|finalite",
        "nl": "doelstelling|strategische doelstelling|algemene doelstelling|doel|beleidsdoelstelling|"
        "doelstellingen|doelen",
        "en": "objective|strategic objective|general objective|goal|aim",
    },
    "operational": {
        "fr": "objectif operationnel|objectif specifique|sous objectif",
        "nl": "operationele doelstelling|specifieke doelstelling|subdoelstelling|operationele doelstellingen",
        "en": "operational objective|specific objective|sub objective",
    },
    "level": {
        "fr": "domaine|domaine d action|programme|chantier|levier|secteur|cluster",
        "nl": "domein|actiedomein|programma|hefboom|sector|werf",
        "en": "domain|programme|lever|sector",
    },
    "aim": {
        "fr": "ambition|orientation|orientation strategique|enjeu|priorite strategique",
        "nl": "ambitie|speerpunt",
        "en": "ambition|strategic direction",
    },
    "horizon": {"fr": "horizon|horizon temporel", "nl": "horizon|tijdshorizon", "en": "horizon|target year"},
    "code": {
        "fr": "code|numero|n|no|ref|reference|code action|numero action|n action|action n|n de l action|fiche n|"
        "n fiche|numero de l action|id|n d action|fiche action n|n fiche action|numero de fiche|fiche projet n",
        "nl": "code|nummer|nr|ref|referentie|actiecode|nr actie|actienummer|actie nr|actienr|volgnummer|actiefiche nr|"
        "fichenummer",
        "en": "code|number|no|ref|reference|action code|action number|action no|id",
    },
    "title": {
        "fr": "action|intitule|titre|intitule de l action|nom de l action|titre de l action|action concrete|quoi|"
        "projet|activite|initiative|libelle|libelle de l action|description de l action|action envisagee|"
        "action a mener",
        "nl": "actie|titel|naam van de actie|titel van de actie|wat|project|activiteit|initiatief|actiepunt|"
        "acties|omschrijving van de actie|concrete actie|concrete acties|projecten|activiteiten",
        "en": "action|title|action title|name of the action|what|project|activity|initiative|action point",
    },
    "measure": {"fr": "mesure", "nl": "maatregel|maatregelen", "en": "measure"},
    "description": {
        "fr": "description|descriptif|detail|explication|contenu|precision",
        "nl": "beschrijving|omschrijving|toelichting|inhoud",
        "en": "description|detail|content",
    },
    "expected_effect": {
        "fr": "effet attendu|impact|impact attendu|resultat attendu|resultat vise|plus value|gain attendu",
        "nl": "verwacht effect|verwachte effecten|impact|verwachte impact|verwacht resultaat|verwachte resultaten|"
        "beoogd resultaat",
        "en": "expected effect|impact|expected impact|expected result|outcome",
    },
    "characteristics": {
        "fr": "caracteristique|type d action|type|nature de l action|categorie",
        "nl": "kenmerken|kenmerk|type actie|soort actie|categorie",
        "en": "characteristic|type of action|category",
    },
    "tags": {"fr": "mot cle|etiquette|tag", "nl": "trefwoorden|trefwoord|tag|sleutelwoorden", "en": "keyword|tag"},
    "lead": {
        "fr": "pilote|porteur|service porteur|service pilote|responsable|service responsable|qui|pilotage|"
        "porteur de projet|porteur de l action|pilote de l action|departement|service|direction|"
        "chef de file|departement pilote|entite porteuse|departement responsable|organisme responsable|"
        "acteur responsable|porteur principal",
        "nl": "trekker|uitvoerder|verantwoordelijke|verantwoordelijke dienst|wie|dienst|departement|"
        "bevoegde dienst|trekkende dienst|projecttrekker|actiehouder|verantwoordelijk departement|"
        "initiatiefnemer|coordinator|uitvoerders",
        "en": "lead|responsible|lead organisation|who|lead department|responsible service|owner|"
        "responsible department|action owner|department",
    },
    "partners": {
        "fr": "partenaire|partenaire interne|acteur implique|service partenaire|autre acteur|intervenant|"
        "partie prenante|partenaire externe|partenariat|service associe|acteur associe|partenaire potentiel",
        "nl": "partners|partner|betrokken diensten|betrokken partners|betrokkenen|andere partners|stakeholders|"
        "partnerschap|betrokken dienst",
        "en": "partner|stakeholder|other actor|involved service",
    },
    "sponsor": {
        "fr": "mandataire|echevin|echevinat|mandataire responsable|echevin competent|elu referent|echevine",
        "nl": "mandataris|schepen|bevoegde schepen|bevoegd mandataris",
        "en": "political sponsor|alderman|sponsor",
    },
    "status": {
        "fr": "statut|etat|etat d avancement|statut de l action|etat de l action|etat de la mise en oeuvre",
        "nl": "status|stand van zaken|staat|uitvoeringsstatus|status van de actie",
        "en": "status|state|action status",
    },
    "phase": {"fr": "phase|stade", "nl": "fase|stadium", "en": "phase|stage"},
    "priority": {
        "fr": "priorite|degre de priorite|niveau de priorite",
        "nl": "prioriteit|prioriteiten",
        "en": "priority|priority level",
    },
    "start": {
        "fr": "debut|date de debut|demarrage|date de demarrage|lancement|annee de debut",
        "nl": "start|begin|startdatum|begindatum|aanvang|startjaar",
        "en": "start|start date|begin|start year",
    },
    "end": {
        "fr": "echeance|fin|date de fin|calendrier|delai|planning|periode|quand|timing|date limite|terme|"
        "annee de fin|date butoir|echeancier|temporalite|annee|periode de mise en oeuvre",
        "nl": "termijn|deadline|einde|einddatum|timing|planning|periode|wanneer|kalender|streefdatum|eindjaar|"
        "uitvoeringstermijn|tijdspad|looptijd|jaar|termijnen",
        "en": "end|deadline|end date|timing|planning|period|when|timeline|schedule|due date|timeframe|end year|year",
    },
    "continuous": {"fr": "continu|en continu", "nl": "doorlopend|continu", "en": "continuous"},
    "budget": {
        "fr": "budget|cout|montant|investissement|depense|moyen financier|financement|cout total|budget total|"
        "enveloppe|montant total|fonctionnement|cout global",
        "nl": "budget|kost|kosten|kostprijs|bedrag|raming|middelen|investering|werkingskosten|financiering|"
        "financiele middelen|totale kost|totaalbudget|werking|kostenraming",
        "en": "budget|cost|amount|investment|spending|funding|total cost|total budget|operating cost",
    },
    "steps": {
        "fr": "etape|jalon|etape cle|sous action|tache|etape de mise en oeuvre|phasage",
        "nl": "stappen|stap|mijlpalen|mijlpaal|subactie|taken|taak|deelactie|deelacties|subacties",
        "en": "step|milestone|sub action|task",
    },
    "indicator": {
        "fr": "indicateur|indicateur de suivi|indicateur de resultat|indicateur de realisation|kpi|indicateur d impact",
        "nl": "indicator|indicatoren|opvolgingsindicator|opvolgingsindicatoren|resultaatsindicator|kpi|"
        "resultaatsindicatoren|meetindicator|meetindicatoren",
        "en": "indicator|kpi|monitoring indicator|result indicator",
    },
    "news": {
        "fr": "avancement|progres|actualite|nouvelle|suivi|etat des lieux|situation|bilan|realisation|"
        "point de situation",
        "nl": "voortgang|nieuws|opvolging|vooruitgang|stavaza|stand|vorderingen",
        "en": "progress|news|follow up|situation",
    },
    "visibility": {"fr": "visibilite", "nl": "zichtbaarheid", "en": "visibility"},
    "weight": {"fr": "poids|ponderation", "nl": "gewicht|weging", "en": "weight"},
    "internal_notes": {
        "fr": "note interne|commentaire|remarque|observation|note|commentaire interne",
        "nl": "interne notas|interne nota s|opmerkingen|opmerking|commentaar|bemerkingen|notas|nota s",
        "en": "internal note|comment|remark|note",
    },
}
# Words for a column of budgets or dates that say of what: 'Budget 2025 réalisé (k€)'.
_SAYS = {
    "kind": {
        "planned": "prevu previsionnel estime estimatif planned gepland voorzien geraamd initial estimated budgete indicatif",
        "actual": "realise reel depense actual spent uitgegeven werkelijk besteed effectif consomme",
    },
    "nature": {
        "investment": "investissement investissements investering investeringen investment capex",
        "operating": "fonctionnement exploitation werking operating opex werkingskosten",
    },
}
_SAID = {
    word: (name, value) for name, table in _SAYS.items() for value, words in table.items() for word in words.split()
}
_FULL_TIME = frozenset({"etp", "vte", "fte"})
_EUROS = frozenset({
    "eur", "euro", "euros", "en", "in", "montants", "bedragen", "htva", "tvac", "ht", "ttc", "excl", "incl", "btw",
    "tva", "hors", "vat",
})  # fmt: skip
_TONGUES = {
    **dict.fromkeys(("fr", "francais", "francaise", "frans", "franstalig", "french", "franstalige"), "fr"),
    **dict.fromkeys(("nl", "neerlandais", "nederlands", "nederlandse", "dutch", "ned", "nederlandstalig"), "nl"),
    **dict.fromkeys(("en", "anglais", "engels", "english", "gb", "uk", "eng"), "en"),
}
_THOUSANDS = re.compile(
    r"\(?\b(?:en |in )?(?:k\s?€|k\s?eur(?:os?)?\b|milliers d.euros?|duizend(?:en)? euro|x\s?1[ .]?000)\)?",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"\(?\b(?:en |in )?(?:m\s?€|m\s?eur(?:os?)?\b|mio\.?(?:\s?€)?|millions? d.euros?|miljoen(?:en)? euro)\)?",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\((?:s|e|es|en|n|x|nes?|trices?|euses?|ren)\)|[·.](?:e|s|es|trice|euse|ne)s?(?:[·.]s)?\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CAMEL = re.compile(r"(?<=[a-zé])(FR|NL|EN)\b")


_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KINDS_OF_TEXT = frozenset({"title", "measure", "objective", "operational", "description", "level", "aim"})
LONGEST = 240


@dataclass(frozen=True)
class Head:
    """What a header cell says: the column's key, the language of its cells, and for money: year, thousands, nature.

    `tongues` are the languages in which the header itself is written, where its words belong to one alone.
    `value` is what a tick in the column stands for (a characteristic).
    """

    key: str
    language: str = ""
    tongues: tuple[str, ...] = ()
    year: int | None = None
    factor: int = 1
    nature: str = ""
    kind: str = ""
    unit: str = "EUR"
    value: str = ""


def _stem(text: str) -> str:
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in fold(text).split())


def _known() -> dict[str, dict[str, set[str]]]:
    """stem → key → languages."""
    found: dict[str, dict[str, set[str]]] = {}
    for key, tongues in _WORDS.items():
        for language, words in tongues.items():
            for written in words.split("|"):
                found.setdefault(_stem(written), {}).setdefault(key, set()).add(language)
    for column in COLUMNS:
        if column.kind != "told":
            for language in LANGUAGES:
                found.setdefault(_stem(column.name(language)), {column.key: set()}).setdefault(column.key, set()).add(
                    language
                )
    return found


# 'Avancement (%)' is a figure that somebody estimated, and no news; progress is computed.
_SHARE = re.compile(r"%|\btaux\b|pourcent|percent|voortgangsgraad|vooruitgangsgraad", re.I)
_KNOWN = _known()
_LONGEST = max(len(stem.split()) for stem in _KNOWN)


def _key_of(stem: str) -> tuple[str, tuple[str, ...]] | None:
    """(key, languages) of a whole phrase."""
    keys = _KNOWN.get(stem)
    if not keys:
        return None
    key = next(iter(keys))
    tongues = set().union(*keys.values()) if len(keys) > 1 else keys[key]
    return key, tuple(sorted(tongues, key=LANGUAGES.index))


@lru_cache(maxsize=4096)
def recognise(header: str) -> Head | None:
    """What a header cell says, where every word of it is understood; else None."""
    if header.strip() in {"#", "№"}:
        return Head("code")
    if not header.strip() or len(header) > LONGEST:
        return None
    whole = _recognise(header.replace("\n", " "))
    bare = _ASIDE.sub(" ", header)
    if whole is None and bare != header and bare.strip():
        whole = _recognise(bare.replace("\n", " "))
    parts = [part for part in re.split(r"\s*[/|\n]\s*", bare) if fold(part)]
    return whole if whole is not None or len(parts) < 2 else _several(parts)


def _several(parts: list[str]) -> Head | None:
    """'Axe / As' is an axis in two languages; 'Action / Mesure' is an action."""
    heads = [_recognise(part) for part in parts]
    first = heads[0]
    if first is None or any(head is None for head in heads):
        return None
    keys = {head.key for head in heads if head}
    if len(keys) > 1:
        return replace(first, key="title") if "title" in keys and keys <= _KINDS_OF_TEXT else None
    tongues = tuple(dict.fromkeys(t for head in heads if head and len(head.tongues) == 1 for t in head.tongues))
    return replace(first, tongues=tongues or first.tongues)


def _recognise(text: str) -> Head | None:
    stem, head, is_plain = _details(text)
    found = _key_of(stem)
    if found is None and characteristic(stem) or (found is None and characteristic(text)):
        return replace(head, key="characteristics", value=characteristic(stem) or characteristic(text))
    if found is None and not stem and (head.unit == "FTE" or head.nature):
        found = ("budget", ())
    if found is None or (found[0] == "news" and _SHARE.search(text)):
        return None
    return _fitting(replace(head, key=found[0], tongues=found[1]), is_plain)


def _fitting(head: Head, is_plain: bool) -> Head | None:
    """The head as its key can bear it; None where words beside it say what only a budget has."""
    if head.key == "budget":
        return replace(head, language="")
    if not is_plain:
        return None
    column = BY_KEY.get(head.key)
    translated = head.key in {"measure", "operational", "level", "aim"} or (
        column is not None and column.kind == "text"
    )
    return head if translated or not head.language else replace(head, language="")


def _details(text: str) -> tuple[str, Head, bool]:
    """The stem of a header without its details, the details, and whether there are none but a language."""
    factor, money = 1, "€" in text
    for pattern, times in ((_THOUSANDS, 1000), (_MILLIONS, 10**6)):
        text, count = pattern.subn(" ", text)
        factor = times if count else factor
    text = _CAMEL.sub(r" \1", _PLURAL.sub("", text))
    words = fold(text).split()
    language = ""
    for place in (-1, 0):
        if len(words) > 1 and words[place] in _TONGUES:
            language = _TONGUES[words.pop(place)]
            break
    if len(words) > 1 and words[-1] in {"texte", "tekst", "text", "version", "versie"}:
        words.pop()
    if _key_of(_stem(" ".join(words))):
        return _stem(" ".join(words)), Head("", language, factor=factor), factor == 1
    years = [word for word in words if _YEAR.fullmatch(word)]
    said = dict(_SAID[word] for word in words if word in _SAID)
    unit = "FTE" if _FULL_TIME & set(words) else "EUR"
    rest = [w for w in words if w not in _SAID and w not in _FULL_TIME and w not in _EUROS and w not in years]
    year = int(years[0]) if len(years) == 1 else None
    head = Head("", language, (), year, factor, said.get("nature", ""), said.get("kind", ""), unit)
    money = money or factor != 1 or bool(_EUROS & set(words))
    if not rest and (said.get("nature") or (said.get("kind") and money)):
        rest = ["budget"]
    return _stem(" ".join(rest)), head, rest == words and factor == 1


@lru_cache(maxsize=4096)
def recognise_loosely(header: str) -> Head | None:
    """What a header says, by the longest phrase of ours in it; only for a row that is known to be a header."""
    exact = recognise(header)
    if exact is not None or len(header) > LONGEST:
        return exact
    text = header.replace("\n", " ") if len(header) <= 120 else re.split(r"[(:\n]", header)[0]
    head = _details(text)[1]
    words = _stem(_PLURAL.sub("", text)).split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = _key_of(" ".join(words[start : start + length]))
            near = length > 1 or (start == 0 and len(words) <= 8) or (found and found[0] == "title" and len(words) <= 3)
            if found and found[0] == "news" and _SHARE.search(text):
                continue
            if found and near and found[0] not in {"level", "aim", "code"}:
                told = replace(head, key=found[0], tongues=found[1], language="")
                return told if found[0] == "budget" else Head(found[0], head.language, found[1])
    return None
