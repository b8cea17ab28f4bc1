"""From words in a document to records: organisations by code or name, characteristics, tags, objectives of other plans."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify

from senne.core.models import Organisation
from senne.core.text import Text
from senne.plan.columns import fold
from senne.plan.models import Characteristic, Objective, Tag
from senne.plan.reading.values import characteristic

STANDARD = {
    "mitigation": Text(fr="Atténuation", nl="Mitigatie", en="Mitigation"),
    "adaptation": Text(fr="Adaptation", nl="Adaptatie", en="Adaptation"),
    "citizen": Text(fr="Dimension citoyenne", nl="Burgerdimensie", en="Citizen dimension"),
}


class Lookup:
    """Finds records by the words of a document; makes a tag where there is none. Reads each table once."""

    def __init__(self, legend: Iterable[str] = ()) -> None:
        self.legend = {fold(text) for text in legend}
        self._organisations: dict[str, Organisation] = {}
        for organisation in Organisation.objects.all():
            self._organisations[fold(organisation.code)] = organisation
            for name in organisation.name.values():
                self._organisations.setdefault(fold(name), organisation)
        self._characteristics = {item.code: item for item in Characteristic.objects.all()}
        self._tags: dict[str, Tag] = {}
        for tag in Tag.objects.all():
            self._tags[tag.slug] = tag
            for name in tag.name.values():
                self._tags.setdefault(slugify(name), tag)

    def organisation(self, word: str) -> Organisation | None:
        """The organisation of that code or name, if there is one."""
        return self._organisations.get(fold(word)) if word else None

    def organisations(self, words: Iterable[str]) -> list[Organisation]:
        return [found for word in words if (found := self.organisation(word))]

    def organisation_codes(self, words: Iterable[str]) -> list[str]:
        return [found.code for found in self.organisations(words)]

    def characteristics(self, words: Iterable[str]) -> list[Characteristic]:
        """Characteristics of our own list or of the document's legend."""
        found = []
        for word in words:
            code = characteristic(word) or (word if word in self._characteristics else slugify(word)[:40])
            if code and code not in self._characteristics:
                name = STANDARD.get(code, Text(fr=word))
                self._characteristics[code] = Characteristic.objects.create(
                    code=code, name=name, order=len(self._characteristics)
                )
            if code:
                found.append(self._characteristics[code])
        return found

    def characteristic_codes(self, words: Iterable[str]) -> list[str]:
        return [
            characteristic(word) or (word if word in self._characteristics else slugify(word)[:40]) for word in words
        ]

    def tags(self, words: Iterable[str]) -> list[Tag]:
        """Tags by slug or name; a new word makes a new tag."""
        found: list[Tag] = []
        for word in words:
            slug = slugify(word)[:60]
            if slug and slug not in self._tags:
                self._tags[slug] = Tag.objects.create(slug=slug, name=Text(fr=word))
            if slug:
                found.append(self._tags[slug])
        return found

    def tag_slugs(self, words: Iterable[str]) -> list[str]:
        return [tag.slug for tag in self.tags(words)]

    def objective_ids(self, references: Iterable[str]) -> list[int]:
        """Objectives given as 'PLAN:CODE'; unknown ones are left out (the document's row keeps them)."""
        found: list[int] = []
        for reference in references:
            plan, _sep, code = reference.partition(":")
            found += Objective.objects.filter(plan__code=plan, code=code).values_list("pk", flat=True)
        return found
