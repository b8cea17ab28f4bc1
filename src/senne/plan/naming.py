"""From words in a document to records: organisations and people by code, name or address; tags; records of plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.utils.text import slugify

from senne.core import records
from senne.core.models import Organisation, Person, StoredFile
from senne.core.policy import VERBS, Actor, Subject
from senne.core.text import Text
from senne.plan.columns import fold, label_of
from senne.plan.describing import person_text, reference
from senne.plan.models import Action, ActionDocument, Characteristic, Objective, Plan, Tag
from senne.plan.reading.draft import Draft, Node
from senne.plan.reading.sound import budget_order
from senne.plan.reading.wording import characteristic

STANDARD = {
    "mitigation": Text(fr="Atténuation", nl="Mitigatie", en="Mitigation"),
    "adaptation": Text(fr="Adaptation", nl="Adaptatie", en="Adaptation"),
    "citizen": Text(fr="Dimension citoyenne", nl="Burgerdimensie", en="Citizen dimension"),
}
_PERSON = re.compile(r"^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$", re.DOTALL)
_REFERENCES = ("merged_into", "superseded_by", "copy_of")


class Lookup:
    """Finds records by the words of a document. Reads each table once, and writes nothing but new tags, when asked."""

    def __init__(self, plan: Plan | None, words: Mapping[str, list[dict[str, Any]]] | None = None) -> None:
        self.plan_id = plan.pk if plan else None
        self.plan_code = plan.code if plan else ""
        self._organisations: dict[str, Organisation] = {}
        for organisation in Organisation.objects.all():
            self._organisations[fold(organisation.code)] = organisation
        for organisation in list(self._organisations.values()):
            for name in organisation.name.values():
                self._organisations.setdefault(fold(name), organisation)
        self._characteristics = {item.code: item for item in Characteristic.objects.all()}
        self._tags = {tag.slug: tag for tag in Tag.objects.all()}
        self._tag_names = {slugify(name): tag.slug for tag in self._tags.values() for name in tag.name.values()}
        self._given = {kind: {w["code"]: w.get("name", {}) for w in found} for kind, found in (words or {}).items()}
        self._people: dict[str, Person | None] | None = None
        self._written: dict[str, str] = {}
        self._referred: dict[tuple[type[Any], str], Any] = {}
        self._by_code = {organisation.code: organisation for organisation in self._organisations.values()}
        self.not_to_lead: set[str] = set()

    # ---- Organisations and people ---------------------------------------------------------------------------------

    def organisation(self, word: str) -> Organisation | None:
        """The organisation of that code or name, if there is one."""
        return self._organisations.get(fold(word)) if word else None

    def leader(self, code: str) -> Organisation | None:
        """The organisation of exactly this code, unless the actor may not give it work (see Resolver)."""
        return None if code in self.not_to_lead else self._by_code.get(code)

    def organisations(self, words: Iterable[str]) -> list[Organisation]:
        return list({found.pk: found for word in words if (found := self.organisation(word))}.values())

    def person(self, text: str) -> Person | None:
        """The person of 'Name <address>' or of a name that one person alone bears."""
        if not text:
            return None
        if self._people is None:
            self._people = {}
            for person in Person.objects.all():
                if person.email:
                    self._people[person.email.casefold()] = person
                key = f"\x00{person.name}"
                self._people[key] = None if key in self._people else person
        match = _PERSON.match(text)
        if match:
            return self._people.get(match.group(2).casefold())
        return self._people.get(f"\x00{text}") or self._people.get(text.casefold())

    # ---- Tags and characteristics ---------------------------------------------------------------------------------

    def characteristic_code(self, word: str) -> str:
        """'mitigation' for 'Atténuation'; a code of its own for a word of the document's legend; '' for no word."""
        return characteristic(word) or (word if word in self._characteristics else self._slug(word, 40))

    def tag_slug(self, word: str) -> str:
        slug = self._slug(word, 60)
        return slug if slug in self._tags else self._tag_names.get(slug, slug)

    def _slug(self, word: str, limit: int) -> str:
        """A slug of the word; one that had to be cut ends with a mark of the whole, so that two never meet."""
        slug = slugify(word) or (sha256(word.encode()).hexdigest()[:12] if word.strip() else "")
        if len(slug) > limit:
            slug = f"{slug[: limit - 9]}-{sha256(slug.encode()).hexdigest()[:8]}"
        self._written.setdefault(slug, word)
        return slug

    def characteristics(self, codes: Iterable[str], actor: Actor) -> list[Characteristic]:
        """Those of these codes; new ones are made, with the name that the document gives them."""
        found = []
        for code in codes:
            if code not in self._characteristics:
                values = {
                    "code": code,
                    "name": STANDARD.get(code) or self._name("characteristics", code),
                    "order": len(self._characteristics),
                }
                self._characteristics[code] = records.create(Characteristic, values, actor=actor)
            found.append(self._characteristics[code])
        return found

    def tags(self, slugs: Iterable[str], actor: Actor) -> list[Tag]:
        """Those of these slugs; new ones are made, with the name that the document gives them."""
        found = []
        for slug in slugs:
            if slug not in self._tags:
                values = {"slug": slug, "name": self._name("tags", slug)}
                self._tags[slug] = records.create(Tag, values, actor=actor)
            found.append(self._tags[slug])
        return found

    def _name(self, kind: str, code: str) -> Text:
        given = self._given.get(kind, {}).get(code)
        return Text(given) if given else Text(fr=self._written.get(code) or code)

    # ---- Records of plans -----------------------------------------------------------------------------------------

    def referred(self, model: type[Any], text: str) -> Any:
        """The objective or action of 'CODE' (of this plan) or 'PLAN:CODE', if there is one."""
        key = (model, text)
        if key not in self._referred:
            plan, colon, code = text.partition(":")
            plan, code = (plan, code) if colon else (self.plan_code, text)
            self._referred[key] = model.objects.filter(plan__code=plan, code=code).select_related("plan").first()
        return self._referred[key]

    def forget_references(self) -> None:
        """Records of the plan were just made: look them up again."""
        self._referred.clear()

    def document_file(self, item: Mapping[str, Any]) -> StoredFile | None:
        """The kept file of that hash, where it is a document of a plan already: nobody reads another file by its hash."""
        found = StoredFile.objects.filter(sha256=item.get("sha256", "")).first()
        known = found is not None and ActionDocument.objects.filter(file=found).exists()
        return found if known else None


class Resolver:
    """Puts a draft's words for records into the form in which records describe themselves; keeps what it cannot find."""

    def __init__(self, lookup: Lookup, draft: Draft, actor: Actor) -> None:
        self.lookup, self.draft, self.actor = lookup, draft, actor
        self.unknown: dict[str, None] = {}
        self.codes = {kind: {node.code for node in draft.of(kind) if node.code} for kind in ("objective", "action")}

    def resolve(self) -> None:
        """The whole draft."""
        for node in self.draft.of("objective"):
            self._objective(node)
        for node in self.draft.of("action"):
            self._action(node)

    def _label(self, node: Node, field: str) -> str:
        return label_of(node.kind, field, self.draft.language)

    def _objective(self, node: Node) -> None:
        fields = node.fields
        if "lead" in fields:
            self._organisation(node, "lead")
        self._person(node, "owner")
        self._listed(node, "ties", "objective", Objective)

    def _action(self, node: Node) -> None:
        fields = node.fields
        if "lead" in fields and (found := self._leader(fields["lead"])):
            fields["lead"] = found.code
        self._person(node, "sponsor")
        if "characteristics" in fields:
            codes = (self.lookup.characteristic_code(word) for word in fields["characteristics"])
            fields["characteristics"] = sorted({code for code in codes if code})
        if "tags" in fields:
            fields["tags"] = sorted({slug for word in fields["tags"] if (slug := self.lookup.tag_slug(word))})
        if "partners" in fields:
            self._partners(node)
        if "also_serves" in fields:
            kept = [text for text in fields["also_serves"] if self._is_known(node, "also_serves", text, Objective)]
            fields["also_serves"] = sorted({self._canonical(text, Objective) for text in kept})
        for name in _REFERENCES:
            if name in fields and not self._is_known(node, name, fields[name], Action):
                del fields[name]
            elif name in fields:
                fields[name] = self._canonical(fields[name], Action)
        self._listed(node, "relations", "action", Action)
        self._children(node)

    def _leader(self, word: str) -> Organisation | None:
        """The organisation, where the actor may give it something to lead; else its name stays a name."""
        found = self.lookup.organisation(word)
        if found is None:
            self.unknown[word] = None
        elif not VERBS["create"](self.actor, Subject("action", found.path, found.house)):
            self.lookup.not_to_lead.add(word)
            return None
        return found

    def _organisation(self, node: Node, field: str) -> None:
        found = self._leader(node.fields[field])
        if found is None:
            node.keep(self._label(node, field), node.fields.pop(field))
        else:
            node.fields[field] = found.code

    def _person(self, node: Node, field: str) -> None:
        if field not in node.fields:
            return
        found = self.lookup.person(node.fields[field])
        if found is None:
            node.keep(self._label(node, field), node.fields.pop(field))
        else:
            node.fields[field] = person_text(found)

    def _partners(self, node: Node) -> None:
        words = node.fields.pop("partners")
        unknown = [word for word in words if self.lookup.organisation(word) is None]
        self.unknown |= dict.fromkeys(unknown)
        found = sorted({organisation.code for organisation in self.lookup.organisations(words)})
        if found:
            node.fields["partners"] = found
        if unknown:
            node.keep(self._label(node, "partners"), "; ".join(unknown))

    def _is_known(self, node: Node, field: str, text: str, model: type[Any]) -> bool:
        """Is the record there, or does this very document bring it? Else the reference is kept as it is written."""
        kind = "objective" if model is Objective else "action"
        plan, colon, code = text.partition(":")
        own = (code if colon else text) in self.codes[kind] and (not colon or plan == self.lookup.plan_code)
        if own or self.lookup.referred(model, text) is not None:
            return True
        node.keep(self._label(node, field), text)
        return False

    def _canonical(self, text: str, model: type[Any]) -> str:
        found = self.lookup.referred(model, text)
        if found is None:
            return text.partition(":")[2] if text.startswith(f"{self.lookup.plan_code}:") else text
        return reference(found, self.lookup.plan_id)

    def _listed(self, node: Node, field: str, name: str, model: type[Any]) -> None:
        """Relations of actions, ties of objectives."""
        items = node.fields.pop(field, [])
        known = [i for i in items if i.get(name) and self._is_known(node, field, i[name], model)]
        found = [{**item, name: self._canonical(item[name], model)} for item in known]
        if found:
            node.fields[field] = sorted(found, key=lambda item: tuple(str(item[k]) for k in _ORDER[field]))

    def _children(self, node: Node) -> None:
        for step in node.fields.get("steps", []):
            self._child_person(node, step, "assignee", "steps")
        for line in node.fields.get("budget", []):
            if "funder" in line:
                found = self.lookup.organisation(line["funder"])
                if found is None:
                    node.keep(self._label(node, "budget"), line.pop("funder"))
                else:
                    line["funder"] = found.code
        if "budget" in node.fields:
            node.fields["budget"].sort(key=budget_order)
        contacts = node.fields.pop("contacts", [])
        for contact in contacts:
            self._child_person(node, contact, "person", "contacts")
        kept = [contact for contact in contacts if "person" in contact and "role" in contact]
        if kept:
            node.fields["contacts"] = sorted(kept, key=lambda c: (c["person"], c["role"]))
        self._documents(node)

    def _child_person(self, node: Node, item: dict[str, Any], name: str, field: str) -> None:
        if name not in item:
            return
        found = self.lookup.person(item[name])
        if found is None:
            node.keep(self._label(node, field), str(item.pop(name)))
        else:
            item[name] = person_text(found)

    def _documents(self, node: Node) -> None:
        kept = []
        for item in node.fields.pop("documents", []):
            file = self.lookup.document_file(item)
            if file is None:
                node.keep(
                    self._label(node, "documents"), " ".join(filter(None, (item.get("name"), item.get("sha256"))))
                )
            else:
                kept.append({**item, "name": file.name})
        if kept:
            node.fields["documents"] = kept


_ORDER = {"relations": ("kind", "action"), "ties": ("objective", "kind")}
