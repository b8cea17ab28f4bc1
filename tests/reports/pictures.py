"""Plans as plain values for the tests of reports: a usual one, an empty one, and one that is too full of everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from senne.plan.rules.picture import (
    ActionPicture,
    BudgetPicture,
    FigurePicture,
    IndicatorPicture,
    ObjectivePicture,
    OrganisationPicture,
    PartPicture,
    Picture,
    StepPicture,
    TargetPicture,
    Text,
)
from senne.reports.outline.origin import Origin

DAY = "2026-11-24"
ORIGIN = Origin("Ville", DAY, "1.2.3", "https://plan.example.org/fr/plans/P/")
FROZEN = Origin(
    "Ville", DAY, "1.2.3", "https://plan.example.org/fr/plans/P/", 7, {"fr": "Tour 2026", "nl": "Ronde 2026"}, "ab" * 32
)
BASE = ActionPicture("A-1", "u", {"fr": "A"}, "under_way", "decided", "on_track", "current", "public", progress=500)
WORDS = [
    "isoler",
    "les",
    "toitures",
    "planter",
    "des",
    "arbres",
    "partager",
    "les",
    "vélos",
    "rénover",
    "nos",
    "écoles",
    "collecter",
    "l'eau",
    "de",
    "pluie",
]


def words(text: str) -> Text:
    return {"fr": text, "nl": f"{text} (nl)", "en": f"{text} (en)"}


def long(letters: int, seed: int = 0) -> Text:
    """Words, so many letters of them."""
    text = " ".join(WORDS[(seed * 5 + n * n + n) % len(WORDS)] for n in range(letters // 4))
    return words(text[:letters].strip())


def action(code: str, **values: Any) -> ActionPicture:
    return replace(BASE, code=code, title=words(f"Action {code}"), **values)


def usual() -> Picture:
    """Two themes, three objectives, five actions: done, late, suspended, merged, without a lead."""
    return Picture(
        "P", words("Plan climat"), DAY,
        [PartPicture("T1", words("Énergie"), "", words("Moins d'énergie."), 400), PartPicture("T2", words("Eau"))],
        [PartPicture("X1", words("Bâtiments"), "T1"), PartPicture("X2", words("Pluie"), "T2")],
        [
            ObjectivePicture(
                "O1", "X1", words("Bâtiments neutres"), "public", True, [], lead="roads", progress=450,
                actions=["A-1", "A-2", "A-4"], target=TargetPicture(words("Émissions"), "t", "1234.5", 2040, "21400", 2019),
            ),
            ObjectivePicture("O2", "X1", words("Un toit sur deux"), "public", False, ["no_owner"], actions=["A-3"]),
            ObjectivePicture("O3", "X2", words("Collecter la pluie"), "public", True, []),
        ],
        [
            action("A-1", status="done", lead="roads", end="2026-06", news=words("Tout est fait."),
                   last_reported_on="2026-11-02", objectives=["P:O1"], progress=1000,
                   budget=[BudgetPicture("planned", "EUR", "1250000", year=2026),
                           BudgetPicture("actual", "EUR", "999999.5", year=2026, approximate=True)]),
            action("A-2", health="late", health_because="end_passed", end="2026-09-15", lead="parks", objectives=["P:O1"],
                   steps=[StepPicture(words("Marché"), "2026-12"), StepPicture(words("Étude"), "2026-01", "2026-02-03")],
                   description=words("Première.\n\nSeconde."), partners=["roads"]),
            action("A-3", status="suspended", health="watch", health_because="suspended",
                   status_reason=words("Le permis manque."), lead_text="Le cabinet", objectives=["P:O2"]),
            action("A-4", merged_into="A-1", objectives=["P:O1"]),
            action("A-5", continuous=True),
        ],
        [
            OrganisationPicture("city", words("Ville"), "city"),
            OrganisationPicture("roads", words("Voirie"), "department", "city"),
            OrganisationPicture("parks", words("Parcs"), "department", "city"),
        ],
        organisation="city", description=words("Moins 55 % en 2030."), adopted_on="2022-12-12", years=[2023, 2030],
        progress=412, indicators=indicators(),
    )  # fmt: skip


def indicators() -> list[IndicatorPicture]:
    """One on its trajectory with another method since 2023, one off it, by quarter; one without a figure."""
    return [
        IndicatorPicture(
            "roofs", "u", words("Toits isolés"), words("toits"), "public", "roads", "output", "year", "on_track",
            method=words("Comptage"), method_version=2, source=words("Registre des bâtiments"), objectives=["O1"],
            figures=[FigurePicture(str(2020 + n), str(1000 + 130 * n), method_version=1 + (n > 2)) for n in range(5)],
            baseline=FigurePicture("2019", "900"), targets=[FigurePicture("2030", "2500")], expected="1627.3", share=965,
        ),
        IndicatorPicture(
            "rain", "u", words("Pluie collectée"), words("m³"), "public", "parks", "outcome", "quarter", "off_track",
            decimals=1, source=words("Compteurs"), actions=["A-2"], targets=[FigurePicture("2027-Q4", "80")],
            figures=[FigurePicture("2026-Q1", "12.34", "0.5"), FigurePicture("2026-Q2", "-3", provisional=True)],
            expected="20.5", share=-700, definition=words("L'eau des toits."),
        ),
        IndicatorPicture("birds", "u", words("Espèces d'oiseaux"), words("espèces"), "internal", "city", "impact", "year",
                         "no_figure", objectives=["O3"]),
    ]  # fmt: skip


def empty() -> Picture:
    """A plan that has a name and nothing else."""
    return Picture("P", words("Plan vide"), DAY, [], [], [], [], [])


def crowded() -> Picture:
    """Titles of 300 letters, 40 objectives in one theme, 60 late actions, 40 steps in each, a word that never ends, 40
    indicators with 120 figures in millions."""
    actions = [
        action(
            f"B-{n:03}", health="late", judged_because=long(300, n), end="2026-03", lead="roads", objectives=["P:Q00"],
            news=long(150, n), description=long(6000, n), last_reported_on="2026-10-01",
            partners=["roads", "parks", "city"] * 8, steps=[StepPicture(long(300, s), "2026-12") for s in range(40)],
            budget=[BudgetPicture("planned", "EUR", "123456789.12", year=2015 + y) for y in range(15)],
        )
        for n in range(60)
    ]  # fmt: skip
    actions = [replace(a, title=long(300, n)) for n, a in enumerate(actions)]
    actions[7] = replace(actions[7], title=words("W" * 300), news=words("https://example.org/" + "x" * 280))
    objectives = [
        ObjectivePicture(
            f"Q{n:02}", "X1", long(300, n), "public", False, ["no_owner", "nothing_measures", "no_news"],
            actions=[a.code for a in actions[n : n + 2]], lead="roads", description=long(5000, n),
            target=TargetPicture(long(200), "t CO2e", "123456.5", 2040, "9999999", 2008),
        )
        for n in range(40)
    ]  # fmt: skip
    measured = [
        replace(
            indicators()[0], code=f"i-{n}", name=long(200, n), unit=long(40, n), state=("off_track", "watch")[n % 2],
            frequency="month", method=long(2000, n), source=long(300, n), objectives=[f"Q{n:02}"], actions=[f"B-{n:03}"],
            figures=[FigurePicture(f"{2015 + m // 12}-{m % 12 + 1:02}", f"{12345678 + m * n}.123456") for m in range(120)],
            targets=[FigurePicture(str(2025 + y), f"{99999999 + y}") for y in range(15)], decimals=6,
        )
        for n in range(40)
    ]  # fmt: skip
    theme = PartPicture("T1", long(200), "", long(900), 300)
    return replace(usual(), name=long(300), themes=[theme], axes=[PartPicture("X1", long(200), "T1")],
                   objectives=objectives, actions=actions, indicators=measured)  # fmt: skip


PICTURES = {"usual": usual, "empty": empty, "crowded": crowded}
LANGUAGES = ("fr", "nl", "en")
