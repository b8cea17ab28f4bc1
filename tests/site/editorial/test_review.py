"""Two people for every publication: rights, reasons, mails, the calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from senne.core.mailing.models import Mail
from senne.core.models import User
from senne.core.policy import Refused
from senne.site.editorial import reviewing
from senne.site.editorial.chores import keep_calendar
from senne.site.editorial.models import Review
from tests.city import City
from tests.site.editorial.writing import second_coordinator, text, user_of, write


@pytest.fixture
def two(city: City) -> tuple[User, User]:
    """Two coordinators, the first speaking French, the second Dutch."""
    second_coordinator(city)
    return user_of(city, "coordination"), user_of(city, "second")


def draft(user: User, title: str = "Une nouvelle") -> Any:
    page = write(title, text("<p>Un.</p>"), live=False)
    page.save_revision(user=user)
    return page


def fresh(page: Any) -> Any:
    return Page.objects.get(pk=page.pk).specific


def test_who_submits_does_not_approve_and_somebody_else_does(two: tuple[User, User], client: Client) -> None:
    first, second = two
    page = draft(first)
    reviewing.submit(page, first)
    with pytest.raises(PermissionDenied):
        reviewing.decide(fresh(page), first, "approve")
    assert client.get("/fr/news/une-nouvelle/").status_code == 404
    reviewing.decide(fresh(page), second, "approve")
    assert client.get("/fr/news/une-nouvelle/").status_code == 200
    assert Review.objects.get().submitted_by == first


def test_who_wrote_the_last_version_does_not_approve_what_another_submitted(two: tuple[User, User]) -> None:
    first, second = two
    page = draft(second)
    reviewing.submit(page, first)
    for user in (first, second):
        with pytest.raises(PermissionDenied):
            reviewing.decide(fresh(page), user, "approve")


def test_what_is_under_review_does_not_change(two: tuple[User, User]) -> None:
    first, second = two
    page = draft(first)
    reviewing.submit(page, first)
    lock = fresh(page).get_lock()
    assert lock.for_user(first)
    assert lock.for_user(second)


def test_sending_back_needs_a_reason_and_goes_on_with_whoever_submits_next(two: tuple[User, User]) -> None:
    first, second = two
    page = draft(first)
    reviewing.submit(page, first)
    with pytest.raises(PermissionDenied):
        reviewing.decide(fresh(page), second, "reject", "  ")
    reviewing.decide(fresh(page), second, "reject", "La date est fausse.")
    page = fresh(page)
    page.save_revision(user=second)
    reviewing.submit(fresh(page), second)
    with pytest.raises(PermissionDenied):
        reviewing.decide(fresh(page), second, "approve")
    reviewing.decide(fresh(page), first, "approve")
    assert fresh(page).live


def test_mails_go_to_the_others_and_back_in_each_ones_language(two: tuple[User, User]) -> None:
    first, second = two
    page = draft(first)
    reviewing.submit(page, first)
    asked = Mail.objects.get()
    assert (asked.to, asked.language) == ("second@example.org", "nl")
    assert f"/nl/editorial/review/{page.pk}/" in asked.text
    reviewing.decide(fresh(page), second, "reject", "La date est fausse.")
    back = Mail.objects.exclude(pk=asked.pk).get()
    assert (back.to, back.language) == ("coordination@example.org", "fr")
    assert "La date est fausse." in back.text
    assert f"/fr/editorial/pages/{page.pk}/edit/" in back.text
    reviewing.submit(fresh(page), first)
    reviewing.decide(fresh(page), second, "approve")
    assert Mail.objects.filter(to="coordination@example.org", text__contains="/fr/news/une-nouvelle/").exists()


def test_nobody_of_them_may_publish_alone(two: tuple[User, User]) -> None:
    first, _second = two
    page = draft(first)
    rights = page.permissions_for_user(first)
    assert rights.can_edit()
    assert rights.can_submit_for_moderation()
    assert not rights.can_publish()
    assert not rights.can_unpublish()
    assert not page.get_parent().permissions_for_user(first).can_publish_subpage()


def test_one_person_takes_a_page_off_the_site_at_once(city: City, two: tuple[User, User], client: Client) -> None:
    page = write("Une erreur", text("<p>Un.</p>"))
    assert client.get("/fr/news/une-erreur/").status_code == 200
    with pytest.raises(Refused):
        reviewing.take_offline(page, actor=city.actor("head"), user=two[0])
    reviewing.take_offline(page, actor=city.actor("coordination"), user=two[0])
    assert client.get("/fr/news/une-erreur/").status_code == 404


def test_an_approved_page_waits_for_its_hour_and_leaves_at_its_hour(two: tuple[User, User], client: Client) -> None:
    first, second = two
    now = timezone.now()
    page = draft(first)
    page.go_live_at, page.expire_at = now + timedelta(hours=2), now + timedelta(hours=5)
    page.save_revision(user=first)
    reviewing.submit(fresh(page), first)
    reviewing.decide(fresh(page), second, "approve")
    assert client.get("/fr/news/une-nouvelle/").status_code == 404
    assert keep_calendar(now + timedelta(hours=1)) == 0
    assert keep_calendar(now + timedelta(hours=2, minutes=1)) == 1
    assert client.get("/fr/news/une-nouvelle/").status_code == 200
    assert keep_calendar(now + timedelta(hours=4)) == 0
    assert keep_calendar(now + timedelta(hours=5, minutes=1)) == 1
    assert client.get("/fr/news/une-nouvelle/").status_code == 404
    assert keep_calendar(now + timedelta(hours=6)) == 0


def test_a_page_is_taken_out_of_the_calendar(city: City, two: tuple[User, User]) -> None:
    first, second = two
    now = timezone.now()
    page = draft(first)
    page.go_live_at = now + timedelta(hours=2)
    page.save_revision(user=first)
    reviewing.submit(fresh(page), first)
    reviewing.decide(fresh(page), second, "approve")
    reviewing.take_offline(fresh(page), actor=city.actor("coordination"), user=first)
    assert keep_calendar(now + timedelta(hours=3)) == 0
    assert not fresh(page).live
    assert fresh(page).get_lock() is None
