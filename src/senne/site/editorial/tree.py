"""The ground on which editors build: one tree per language, one group, one way of review. Made once, mended when asked.

Called after every migration, and in stores and tests whose Wagtail tables were made without its first data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from senne.core.text import LANGUAGES
from senne.site.editorial.models import (
    Guides,
    LanguageRoot,
    NewsList,
    Publications,
    Stories,
    ThemeIntroductions,
    Translated,
    TwoPersonTask,
)
from senne.site.editorial.segments import texts_of
from senne.site.editorial.translating import segments_of_page

GROUP = "Editorial coordination"
REVIEW = "Relecture · Nalezing · Review"
NAMES = {"fr": "Le site en français", "nl": "De site in het Nederlands", "en": "The site in English"}
PAGE_RIGHTS = ("add", "change", "lock", "unlock")  # never publish: only a review publishes
COLLECTION_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)


@dataclass(frozen=True)
class SectionPlan:
    """A section of each language: its kind, its place in addresses, its titles and leads (French, Dutch, English)."""

    model: Any
    slug: str
    titles: tuple[str, str, str]
    leads: tuple[str, str, str]


SECTIONS = (
    SectionPlan(
        ThemeIntroductions,
        "themes",
        ("Les thèmes du plan", "De thema's van het plan", "The plan's themes"),
        (
            "Pourquoi chaque thème compte, et ce que la Ville y fait.",
            "Waarom elk thema telt, en wat de Stad eraan doet.",
            "Why each theme matters, and what the City does about it.",
        ),
    ),
    SectionPlan(
        NewsList,
        "news",
        ("Actualités", "Nieuws", "News"),
        ("Ce qui vient de se passer dans le plan.", "Wat er net gebeurd is in het plan.", "What has just happened."),
    ),
    SectionPlan(
        Stories,
        "stories",
        ("Récits", "Verhalen", "Stories"),
        (
            "Des rues, des écoles et des gens qui changent.",
            "Straten, scholen en mensen in verandering.",
            "Streets, schools and people that change.",
        ),
    ),
    SectionPlan(
        Guides,
        "guides",
        ("Guides pratiques", "Praktische gidsen", "Practical guides"),
        ("Ce que chacun peut faire, pas à pas.", "Wat iedereen kan doen, stap voor stap.", "What you can do, step by step."),
    ),
    SectionPlan(
        Publications,
        "publications",
        ("Publications", "Publicaties", "Publications"),
        (
            "Les documents du plan, et ce qu'on y trouve.",
            "De documenten van het plan, en wat erin staat.",
            "The plan's documents, and what is in them.",
        ),
    ),
)  # fmt: skip


@transaction.atomic
def ensure_tree() -> None:
    """Languages, trees, group, rights and review: whatever of it is not there yet."""
    root = _root()
    roots = {code: _language_root(root, code) for code in LANGUAGES}
    for section in SECTIONS:
        made = [_section(roots[code], section, place) for place, code in enumerate(LANGUAGES)]
        _know_their_source([page for page in made if page is not None])
    _site(roots[LANGUAGES[0]])
    group = _group(roots.values())
    _review(group, roots.values())


def sections(language: str) -> dict[str, Page]:
    """The sections of a language by their place in addresses."""
    found = Page.objects.filter(depth=3, locale__language_code=language, slug__in=[s.slug for s in SECTIONS])
    return {page.slug: page for page in found.specific()}


def _root() -> Page:
    """The top of all trees; Wagtail's welcome page and its groups, which nobody uses, are taken away."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=Locale.objects.get(language_code=LANGUAGES[0]))
    for welcome in Page.objects.child_of(root).exact_type(Page):
        welcome.delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
    return Page.objects.get(pk=root.pk)


def _add(parent: Page, page: Page) -> Page:
    parent = Page.objects.get(pk=parent.pk)  # its count of children must be today's
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _language_root(root: Page, code: str) -> LanguageRoot:
    found = LanguageRoot.objects.filter(slug=code, depth=2).first()
    if found is not None:
        return found
    locale = Locale.objects.get(language_code=code)
    key = uuid5(NAMESPACE_URL, "senne:root")
    return _add(root, LanguageRoot(title=NAMES[code], slug=code, locale=locale, translation_key=key))


def _section(root: Page, section: SectionPlan, place: int) -> Any:
    """The new section, or None where it is there already."""
    if section.model.objects.child_of(root).exists():
        return None
    page = section.model(
        title=section.titles[place],
        lead=section.leads[place],
        slug=section.slug,
        locale=root.locale,
        translation_key=uuid5(NAMESPACE_URL, f"senne:{section.slug}"),
    )
    return _add(root, page)


def _know_their_source(made: list[Any]) -> None:
    """Titles that come with the program are translations of each other: none is behind."""
    if len(made) < len(LANGUAGES):
        return
    source, *others = made
    for page in others:
        values = {"source_texts": texts_of(segments_of_page(source)), "saved_at": timezone.now()}
        Translated.objects.update_or_create(page_id=page.pk, defaults=values)


def _site(page: Page) -> None:
    """Wagtail wants to know one site: ours."""
    url = urlsplit(settings.PUBLIC_URL)
    values = {
        "hostname": url.hostname or "localhost",
        "port": url.port or (443 if url.scheme == "https" else 80),
        "root_page_id": page.pk,
    }
    site = Site.objects.first()
    if site is None:
        Site.objects.create(is_default_site=True, **values)
    elif any(getattr(site, name) != value for name, value in values.items()):
        Site.objects.filter(pk=site.pk).update(is_default_site=True, **values)


def _group(roots: Any) -> Group:
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for root in roots:
        for right in PAGE_RIGHTS:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
            GroupPagePermission.objects.get_or_create(group=group, page_id=root.pk, permission=permission)
    top = Collection.get_first_root_node()
    for app, codename in COLLECTION_RIGHTS:
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=top, permission=permission)
    return group


def _review(group: Group, roots: Any) -> None:
    workflow, _made = Workflow.objects.get_or_create(name=REVIEW)
    task = TwoPersonTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None:
        task = TwoPersonTask.objects.create(name=REVIEW)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    task.groups.add(group)
    for root in roots:
        WorkflowPage.objects.get_or_create(page_id=root.pk, defaults={"workflow": workflow})
