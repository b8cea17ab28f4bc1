"""The words of the field in cells: statuses, phases, priorities… in three languages, as documents and we write them."""

from __future__ import annotations

from senne.plan.columns import LANGUAGES, fold

# kind → value → (our words in French, Dutch, English; other words that documents use). Ours are those of plan/words.py.
_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        "to_start": (
            "À démarrer|Te starten|To start",
            "action a demarrer|a lancer|a faire|pas commence|pas encore commence|non commence|non demarre|pas demarre|"
            "a venir|planifie|planifiee|prevu|prevue|op te starten|niet gestart|nog niet gestart|nog te starten|gepland|"
            "not started|not yet started|planned|to do|todo",
        ),
        "under_way": (
            "En cours|Lopend|Under way",
            "action en cours|en cours de realisation|en cours d execution|demarre|demarree|lance|lancee|entame|entamee|"
            "in uitvoering|in ontwikkeling|bezig|gestart|opgestart|ongoing|in progress|started|underway",
        ),
        "done": (
            "Réalisée|Uitgevoerd|Done",
            "realise|termine|terminee|acheve|achevee|fini|finie|finalise|finalisee|cloture|cloturee|fait|ok|klaar|"
            "afgerond|voltooid|gerealiseerd|beeindigd|completed|complete|finished|achieved|closed",
        ),
        "suspended": (
            "Suspendue|Opgeschort|Suspended",
            "suspendu|en pause|en attente|bloque|bloquee|gele|reporte|reportee|on hold|paused|gepauzeerd|in wacht|"
            "uitgesteld|postponed|blocked",
        ),
        "abandoned": (
            "Abandonnée|Stopgezet|Abandoned",
            "abandonne|annule|annulee|arrete|arretee|supprime|supprimee|geannuleerd|geschrapt|afgevoerd|cancelled|"
            "canceled|dropped|stopped",
        ),
    },
    "phase": {
        "idea": ("Idée|Idee|Idea", "idee de projet"),
        "study": ("Étude|Studie|Study", "etudes|a l etude|en etude|in studie|studiefase"),
        "decided": ("Décidée|Beslist|Decided", "decide|approuve|approuvee|goedgekeurd|approved"),
        "roll_out": (
            "Travaux ou déploiement|Werken of uitrol|Works or roll-out",
            "travaux|deploiement|mise en oeuvre|execution|uitrol|werken|uitvoering|roll out|rollout|works|implementation",
        ),
        "in_use": ("En service|In gebruik|In use", "en usage|operationnel|operationnelle|operationeel|operational"),
    },
    "priority": {
        "low": ("Basse|Laag|Low", "faible|p3"),
        "normal": ("Normale|Normaal|Normal", "moyenne|moyen|medium|gemiddeld|p2"),
        "high": ("Haute|Hoog|High", "elevee|eleve|prioritaire|urgent|p1"),
    },
    "visibility": {
        "public": ("Public|Publiek|Public", "publique|openbaar"),
        "internal": ("Interne|Intern|Internal", ""),
    },
    "health": {
        "on_track": ("En bonne voie|Op schema|On track", ""),
        "watch": ("À surveiller|Op te volgen|To watch", ""),
        "late": ("En retard|Te laat|Late", ""),
    },
    "nature": {
        "investment": ("Investissement|Investering|Investment", "investissements|investeringen|capex"),
        "operating": ("Fonctionnement|Werking|Operating", "exploitation|opex|werkingskosten"),
    },
    "kind": {
        "planned": ("Prévu|Gepland|Planned", "prevue|estime|budgete|voorzien|geraamd|estimated"),
        "actual": ("Réel|Reëel|Actual", "realise|depense|besteed|uitgegeven|spent"),
    },
    "unit": {"EUR": ("EUR|EUR|EUR", "euro|euros"), "FTE": ("ETP|VTE|FTE", "")},
    "role": {
        "owner": ("Porteur|Trekker|Owner", ""),
        "contributor": ("Contributeur|Bijdrager|Contributor", ""),
        "approver": ("Valideur|Goedkeurder|Approver", ""),
    },
    "relation": {
        "precedes": ("Précède|Gaat vooraf aan|Precedes", ""),
        "blocks": ("Bloque|Blokkeert|Blocks", ""),
        "related": ("Liée à|Verwant met|Related to", ""),
    },
    "tie": {
        "answers": ("Répond à|Beantwoordt aan|Answers", ""),
        "same_as": ("Identique à|Dezelfde als|Same as", ""),
    },
    "plan_kind": {
        "climate": ("Plan climat|Klimaatplan|Climate plan", ""),
        "sustainable_development": (
            "Plan de développement durable|Plan voor duurzame ontwikkeling|Sustainable-development plan",
            "",
        ),
        "welfare": ("Plan du CPAS|Plan van het OCMW|Welfare centre's plan", ""),
        "regional": ("Plan régional|Gewestelijk plan|Regional plan", ""),
        "covenant": ("Convention des maires|Burgemeestersconvenant|Covenant of Mayors", ""),
        "other": ("Autre plan|Ander plan|Other plan", ""),
    },
}
# Column keys that hold the words of another kind.
_KIND_OF = {
    "health_override": "health",
    "objective_visibility": "visibility",
    "plan_visibility": "visibility",
}
_LOOKUP = {
    kind: {
        fold(word): value
        for value, (ours, others) in table.items()
        for word in (value, *ours.split("|"), *filter(None, others.split("|")))
    }
    for kind, table in _WORDS.items()
}
YES = frozenset({"1", "oui", "ja", "yes", "x", "xx", "v", "true", "vrai", "waar", "o", "j", "y"})
YES_SIGNS = frozenset("✓✔☑☒●■•★⬤✗✘×")
NO = frozenset({"0", "non", "nee", "no", "false", "faux", "onwaar", "n"})
FLAG = {"fr": "oui", "nl": "ja", "en": "yes"}
CONTINUOUS = frozenset({
    "continu", "continue", "en continu", "action continue", "permanent", "permanente", "en permanence",
    "tout au long", "recurrent", "recurrente", "annuel recurrent", "doorlopend", "continu proces",
    "permanent proces", "continuous", "ongoing", "recurring",
})  # fmt: skip
CHARACTERISTICS = {
    "mitigation": (
        "mitigation",
        "attenuation",
        "mitigatie",
        "action d attenuation",
        "mitigatieactie",
        "reduction des emissions",
    ),
    "adaptation": ("adaptation", "adaptatie", "action d adaptation", "adaptatieactie"),
    "citizen": (
        "citizen",
        "citoyen",
        "citoyenne",
        "burger",
        "burgers",
        "participation",
        "participation citoyenne",
        "dimension citoyenne",
        "action avec dimension citoyenne",
        "citizen dimension",
        "burgerdimensie",
        "burgerparticipatie",
    ),
}
_CHARACTERISTIC = {word: code for code, words in CHARACTERISTICS.items() for word in words}


def word(kind: str, text: str) -> str:
    """'under_way' from 'En cours'. Raises ValueError for a word that is not of this kind."""
    value = _LOOKUP[_KIND_OF.get(kind, kind)].get(fold(text))
    if value is None:
        raise ValueError(text)
    return value


def word_in(kind: str, value: str, language: str) -> str:
    """'En cours' from 'under_way': the inverse of `word`, for files made for reading."""
    ours = _WORDS[_KIND_OF.get(kind, kind)].get(value)
    return ours[0].split("|")[LANGUAGES.index(language)] if ours else value


def is_yes(text: str) -> bool:
    """Does the cell tick what its column says?"""
    return fold(text) in YES or (bool(text) and set(text) <= YES_SIGNS)


def flag(text: str) -> bool:
    """A yes or a no. Raises ValueError for anything else."""
    if is_yes(text):
        return True
    if fold(text) in NO:
        return False
    raise ValueError(text)


def characteristic(text: str) -> str:
    """'mitigation' from 'Action d'atténuation', or '' for a word of the document's own."""
    return _CHARACTERISTIC.get(fold(text), "")
