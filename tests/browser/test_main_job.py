"""What Senne is for, from end to end: a city's document becomes a plan on its site; what an owner reports shows there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from senne.core.models import User
from senne.plan.api import Plan
from tests.browser.test_workspace import in_language, log_in
from tests.city import PASSWORD, add_contact, build_city

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NAME = "plan_climat_transformer_administration_fr.txt"
AXES, ACTIONS = 5, 26


def test_from_the_document_to_the_home_page_and_the_feed(
    shared_dir: Path, browser: Browser, transactional_db: None, live_server: Any
) -> None:
    city = build_city()
    call_command("import_plan", shared_dir / "plan" / NAME)
    plan = Plan.objects.exclude(pk__in=[city.plan.pk, city.body_plan.pk]).get()
    action = plan.actions.order_by("pk").first()
    assert action is not None
    assert (plan.axes.count(), plan.actions.count()) == (AXES, ACTIONS)

    visitor = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    said = {"fr": "actions", "nl": "acties", "en": "actions"}
    for language, word in said.items():
        visitor.goto(f"/{language}/plans/{plan.code}/")
        assert plan.name["fr"] in visitor.locator("h1").inner_text(), language
        assert visitor.locator(f"main a[href*='/{language}/plans/{plan.code}/axes/']").count() == AXES, language
        visitor.goto(f"/{language}/actions/?plan={plan.code}")
        assert f"{ACTIONS} {word}" in visitor.locator("main").inner_text(), language
        visitor.goto(f"/{language}/plans/{plan.code}/actions/{action.code}/")
        assert action.title["fr"] in visitor.locator("h1").inner_text()
    visitor.goto("/nl/")
    assert action.title["fr"] not in visitor.locator("main").inner_text()

    owner = city.people["owner"]
    add_contact(action, owner, "owner")
    owner.__class__.objects.filter(pk=owner.pk).update(
        user=User.objects.create_user("owner@city.example", PASSWORD, language="fr")
    )
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    log_in(page, "owner@city.example", PASSWORD)
    page.goto(in_language("fr", "workspace:report", plan.code, action.code))
    page.check("input[name=status][value=under_way]")
    page.fill("textarea[name=news_fr]", "Le marché est attribué.")
    page.get_by_role("button", name="Enregistrer le rapport").click()
    page.get_by_text("Votre rapport est enregistré").wait_for()

    for language, status in (("fr", "En cours"), ("nl", "Lopend"), ("en", "Under way")):
        visitor.goto(f"/{language}/")
        assert action.title["fr"] in visitor.locator("main").inner_text(), language
        visitor.goto(f"/{language}/plans/{plan.code}/actions/{action.code}/")
        assert status in visitor.locator("main").inner_text(), language
        feed = visitor.request.get(f"/{language}/changes/feed/")
        assert feed.ok
        assert action.title["fr"].split("\n")[0][:30] in feed.text(), language
