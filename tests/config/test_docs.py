"""The documents say what is so: tests that exist, decisions in order, a publiccode.yml that catalogues can read."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
# publiccode.yml 0.4: the keys that are required, and the words that some of them take.
REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType", "description",
    "legal", "maintenance", "localisation",
}  # fmt: skip
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
    "standalone/other", "addon", "library", "configurationFiles",
}  # fmt: skip
CATEGORIES = {
    "project-management",
    "environment-management",
    "data-visualization",
    "data-analytics",
    "content-management",
}
SCOPES = {
    "agriculture", "culture", "defence", "education", "emergency-services", "employment", "energy", "environment",
    "finance-and-economic-development", "foreign-affairs", "government", "healthcare", "infrastructures", "justice",
    "local-authorities", "manufacturing", "research", "science-and-technology", "security", "society", "sport", "tourism",
    "transportation", "welfare",
}  # fmt: skip


def test_every_test_that_eco_design_names_exists() -> None:
    text = (ROOT / "docs" / "ecodesign.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|.*\|$", text, re.M)
    assert rows == [str(number) for number in range(1, 21)]
    for line in (line for line in text.splitlines() if re.match(r"\| \d", line)):
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", line)
        assert named, line
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)


def test_decisions_follow_each_other_and_stay_short() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [file.name[:4] for file in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        assert re.match(rf"# {file.name[:4]}\. \S", lines[0]), file.name
        assert len(lines) <= 14, f"{file.name} is longer than ten lines and its title"


def test_documents_lead_to_files_that_exist() -> None:
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)


# ---- publiccode.yml -----------------------------------------------------------------------------------------------


def test_publiccode_has_what_the_standard_requires() -> None:
    assert set(PUBLICCODE) >= REQUIRED
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert PUBLICCODE["developmentStatus"] in STATUSES
    assert PUBLICCODE["softwareType"] in TYPES
    assert set(PUBLICCODE["categories"]) <= CATEGORIES
    assert set(PUBLICCODE["intendedAudience"]["scope"]) <= SCOPES
    assert set(PUBLICCODE["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert PUBLICCODE["url"].endswith(".git")
    assert date.fromisoformat(str(PUBLICCODE["releaseDate"]))


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_publiccode_describes_it_in_each_language(language: str) -> None:
    told = PUBLICCODE["description"][language]
    assert 0 < len(told["shortDescription"]) <= 150
    assert 150 <= len(told["longDescription"]) <= 10_000
    assert told["features"]
    assert all(len(feature) <= 100 for feature in told["features"])


def test_publiccode_agrees_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert PUBLICCODE["softwareVersion"] == project["version"]
    assert PUBLICCODE["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert PUBLICCODE["name"].lower() == project["name"]


def test_publiccode_says_who_keeps_it_and_in_which_languages() -> None:
    keeping = PUBLICCODE["maintenance"]
    assert keeping["type"] in {"internal", "contract", "community", "none"}
    assert keeping["contacts"] if keeping["type"] in {"internal", "community"} else keeping["contractors"]
    assert all(contact["name"] for contact in keeping["contacts"])
    assert PUBLICCODE["localisation"]["localisationReady"] is True
    assert set(PUBLICCODE["localisation"]["availableLanguages"]) == {"fr", "nl", "en"}
