"""What cells mean: codes, dates, money, words of the field. Each function raises ValueError for what it cannot read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from senne.core.periods import parse_partial
from senne.plan.columns import fold

_CODE = re.compile(
    r"^((?:[A-Z]{1,5}[ .-]?\d+(?:[.-]\d+)*)|(?:\d+(?:\.\d+)+)|(?:[A-Z]\.\d+(?:\.\d+)*))[\s.:)–—-]+(?=\S)"
)
_WHOLE_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,58}$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier januari january jan janv",
            "fevrier februari february feb fevr",
            "mars maart march mar mrt",
            "avril april avr apr",
            "mai mei may",
            "juin juni june jun",
            "juillet juli july juil jul",
            "aout augustus august aug",
            "septembre september sept sep",
            "octobre oktober october oct okt",
            "novembre november nov",
            "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}
_WORDS = {
    "status": {
        "to_start": "to start|a demarrer|action a demarrer|a lancer|pas commence|non demarre|non commence|a venir|te starten|"
        "op te starten|niet gestart|nog niet gestart|not started|planned|planifie|gepland",
        "under_way": "under way|en cours|action en cours|lopend|in uitvoering|bezig|ongoing|in progress|started|demarre",
        "done": "done|termine|realise|acheve|fini|klaar|afgerond|voltooid|gerealiseerd|completed|finished|uitgevoerd",
        "suspended": "suspended|suspendu|en pause|opgeschort|on hold|paused|gepauzeerd",
        "abandoned": "abandoned|abandonne|annule|stopgezet|geannuleerd|cancelled|dropped",
    },
    "phase": {
        "idea": "idea|idee",
        "study": "study|etude|studie",
        "decided": "decided|decide|beslist",
        "roll_out": "roll out|works or roll out|travaux|travaux ou deploiement|deploiement|mise en oeuvre|uitrol|werken|"
        "werken of uitrol|implementation",
        "in_use": "in use|en service|en usage|in gebruik|operationnel",
    },
    "priority": {
        "low": "low|basse|faible|laag",
        "normal": "normal|normale|moyenne|normaal|medium",
        "high": "high|haute|elevee|hoog",
    },
    "visibility": {"public": "public|publique|publiek|openbaar", "internal": "internal|interne|intern"},
}
_LOOKUP = {kind: {w: v for v, ws in table.items() for w in ws.split("|")} for kind, table in _WORDS.items()}
YES = {"1", "oui", "ja", "yes", "x", "true", "vrai", "waar"}
CONTINUOUS = {
    "continu",
    "en continu",
    "permanent",
    "permanente",
    "doorlopend",
    "continuous",
    "ongoing",
    "recurrent",
}
CHARACTERISTICS = {
    "mitigation": ("mitigation", "attenuation", "mitigatie", "action d attenuation"),
    "adaptation": ("adaptation", "adaptatie", "action d adaptation"),
    "citizen": (
        "citizen",
        "citoyen",
        "citoyenne",
        "burger",
        "burgers",
        "participation",
        "dimension citoyenne",
        "action avec dimension citoyenne",
        "citizen dimension",
        "burgerdimensie",
    ),
}


def split_code(text: str) -> tuple[str, str]:
    """('TA1', 'Une gestion …') from 'TA1 Une gestion …'; ('', text) where no code stands in front."""
    match = _CODE.match(text)
    return (match.group(1).replace(" ", ""), text[match.end() :].strip()) if match else ("", text)


def whole_code(text: str) -> str:
    """A code cell as a code: spaces become dashes. Raises ValueError where it holds anything else."""
    code = re.sub(r"\s+", "-", text.strip())
    if not _WHOLE_CODE.match(code):
        raise ValueError(text)
    return code


def word(kind: str, text: str) -> str:
    """'under_way' from 'En cours'. Raises ValueError for a word that is not of this kind."""
    value = _LOOKUP[kind].get(fold(text))
    if value is None:
        raise ValueError(text)
    return value


def characteristic(text: str) -> str:
    """'mitigation' from 'Action d'atténuation', or '' for a word of the document's own."""
    folded = fold(text)
    return next((code for code, names in CHARACTERISTICS.items() if folded in names), "")


def partial_date(text: str) -> str:
    """ISO date as exact as it is written: '2026', '2026-09', '2026-09-15'. Raises ValueError, for 31/02/2025 too."""
    text = text.strip()
    try:
        return parse_partial(text).isoformat()
    except ValueError:
        pass
    numbers = re.fullmatch(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})", text)
    if numbers:
        day, month, year = numbers.groups()
        if day:
            return date(int(year), int(month), int(day)).isoformat()
        return date(int(year), int(month), 1).isoformat()[:7]
    words = fold(text).split()
    if words and re.fullmatch(r"\d{4}", words[-1]):
        if len(words) == 1 or words[:-1] in (["fin"], ["eind"], ["end"], ["d", "ici"], ["tegen"], ["by"]):
            return words[-1]
        if words[-2] in _MONTHS:
            month = _MONTHS[words[-2]]
            if len(words) == 3 and words[0].rstrip("er").isdigit():
                return date(int(words[-1]), month, int(words[0].rstrip("er"))).isoformat()
            if len(words) == 2:
                return f"{words[-1]}-{month:02d}"
    raise ValueError(text)


@dataclass(frozen=True)
class Money:
    """An amount in EUR; approximate where the document says so."""

    amount: Decimal
    approximate: bool = False


_FACTORS = {
    "k": 1000,
    "ke": 1000,
    "keur": 1000,
    "m": 10**6,
    "me": 10**6,
    "meur": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "miljoen": 10**6,
    "mille": 1000,
    "duizend": 1000,
    "thousand": 1000,
}
_ABOUT = re.compile(r"^(env(?:iron)?\.?|ca?\.?|circa|ongeveer|about|approx\.?|±|~|\+/-)\s*", re.IGNORECASE)


def money(text: str) -> Money:
    """EUR from '1.234,50 €', '1 234,50', 'env. 50k', '2 M€', '€ 1,2 miljoen'. Raises ValueError for anything else."""
    about = _ABOUT.match(text.strip())
    rest = text.strip()[about.end() :] if about else text.strip()
    rest = re.sub(r"€|\bEUR\b|\beuros?\b", "", rest, flags=re.IGNORECASE).strip()
    match = re.fullmatch(r"(\d[\d\s.,\u00a0\u202f']*)\s*([A-Za-z]*)\.?", rest)
    if not match or fold(match.group(2)) not in {"", *_FACTORS}:
        raise ValueError(text)
    amount = _decimal(re.sub(r"[\s\u00a0\u202f']", "", match.group(1)))
    return Money(amount * _FACTORS.get(fold(match.group(2)), 1), bool(about))


def _decimal(digits: str) -> Decimal:
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0:
        mark, decimals = digits[last], len(digits) - last - 1
        grouped = decimals == 3 and (digits.count(mark) > 1 or (mark == "." or digits.count(".") > 0))
        whole = re.sub(r"[.,]", "", digits[:last])
        digits = whole + (digits[last + 1 :] if grouped else "." + digits[last + 1 :])
    try:
        return Decimal(digits.rstrip("."))
    except InvalidOperation:
        raise ValueError(digits) from None
