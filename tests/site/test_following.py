"""Citizens follow what changes: asked, confirmed, told, ended; an address is kept for that alone."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from defusedxml import ElementTree
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.mailing.models import Mail
from senne.core.models import AuditEntry
from senne.core.periods import Period
from senne.core.privacy import citizens
from senne.core.retention import forget_mails
from senne.indicators.api import Figure
from senne.indicators.api import do as measuring
from senne.plan.api import do
from senne.site import forms
from senne.site.following import asking, telling
from senne.site.following.rules import Cadence, is_due
from senne.site.models import Following
from tests.city import TODAY, City, make_indicator

BRUSSELS = ZoneInfo("Europe/Brussels")
# A Tuesday and the next Monday, long after the day on which the test makes its city.
NOON = datetime(2090, 11, 28, 12, tzinfo=BRUSSELS)
MONDAY = datetime(2090, 12, 4, 8, tzinfo=BRUSSELS)
NEXT_DAY = NOON + timedelta(days=1)
ACTION = "/fr/follow/action/CLIMATE/roads-public/"


@pytest.fixture(autouse=True)
def no_limits(db: None) -> None:
    cache.clear()


def stamp() -> str:
    return signing.dumps(int(time.time()) - forms.FASTEST - 5, salt=forms.SALT)


def ask(client: Client, path: str = ACTION, **values: str) -> object:
    data = {"email": "Jeanne@example.org", "cadence": "weekly", "website": "", "shown_at": stamp()}
    return client.post(path, {**data, **values})


def link_in(mail: Mail, which: str) -> str:
    found = re.search(rf"http://127.0.0.1:8000(/\w\w/follow/{which}/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def followed(
    city: City, cadence: Cadence = Cadence.WEEKLY, kind: str = "action", pk: int = 0, who: str = "jeanne"
) -> Following:
    wish = asking.Wish(f"{who}@example.org", "fr", kind, pk or city.actions["roads_public"].pk, cadence)
    found = asking.confirm(wish, NOON)
    assert found is not None
    return found


def change(city: City, status: str = "under_way", at: datetime = NOON + timedelta(hours=2)) -> None:
    with records.happened(at):
        do.report(city.actions["roads_public"], {"status": status}, actor=city.actor("owner"), today=TODAY)


# ---- In: twice ----------------------------------------------------------------------------------------------------


def test_nothing_is_kept_before_the_confirmation(city: City, client: Client) -> None:
    assert "est en route" in ask(client).content.decode()  # type: ignore[attr-defined]
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("jeanne@example.org", "fr")
    assert "roads public" in mail.text
    assert not Following.objects.exists()
    link = link_in(mail, "confirm")
    assert client.get(link).status_code == 200
    assert not Following.objects.exists(), "a mail scanner opens links"
    assert client.post(link).status_code == 302
    found = Following.objects.get()
    assert (found.email, found.kind, found.cadence) == ("jeanne@example.org", "action", "weekly")
    assert not AuditEntry.objects.filter(changes__icontains="jeanne").exists()


def test_asking_again_sends_nothing_again_and_says_the_same(city: City, client: Client) -> None:
    first = ask(client).content.decode()  # type: ignore[attr-defined]
    again = ask(client).content.decode()  # type: ignore[attr-defined]
    assert again == first
    assert Mail.objects.count() == 1


def test_one_address_is_not_flooded(city: City, client: Client) -> None:
    for number in range(8):
        asking.ask(
            "jeanne@example.org", "fr", [*city.actions.values(), *city.units.values()][number], Cadence.DAILY, NOON
        )
    assert Mail.objects.count() == asking.MOST_QUESTIONS_A_DAY


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "not an address"}, "adresse"),
        ({"cadence": "hourly"}, "hourly"),
        ({"website": "http://spam"}, "role=\"alert\""),
        ({"shown_at": "forged"}, "role=\"alert\""),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_sent(
    city: City, client: Client, values: dict[str, str], said: str
) -> None:
    body = ask(client, **values).content.decode()  # type: ignore[attr-defined]
    assert said in body
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "path", ["action/CLIMATE/roads-internal/", "action/CLIMATE/none/", "person/CLIMATE/x/", "plan/NONE/"]
)
def test_what_is_not_public_cannot_be_followed(city: City, client: Client, path: str) -> None:
    for place in ("follow", "feeds", "embed", "share"):
        assert client.get(f"/fr/{place}/{path}").status_code == 404


def test_a_link_of_somebody_else_or_an_old_one_does_nothing(city: City, client: Client) -> None:
    assert client.post("/fr/follow/confirm/forged/").status_code == 404
    token = signing.dumps(
        ["x@example.org", "fr", "action", city.actions["roads_internal"].pk, "daily"], salt=asking.ASKED
    )
    assert client.post(f"/fr/follow/confirm/{token}/").status_code == 404
    assert not Following.objects.exists()


# ---- Told ---------------------------------------------------------------------------------------------------------


def test_a_change_is_told_on_monday_once_with_the_way_out(city: City) -> None:
    followed(city)
    change(city)
    assert telling.tell(NOON + timedelta(hours=20)) == 0, "weekly: not on a Wednesday"
    assert telling.tell(MONDAY) == 1
    mail = Mail.objects.get()
    assert "À démarrer → En cours" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert telling.tell(MONDAY + timedelta(hours=1)) == 0
    assert telling.tell(MONDAY + timedelta(days=7)) == 0, "nothing changed since"
    assert Mail.objects.count() == 1


def test_who_wants_it_daily_hears_the_next_morning(city: City) -> None:
    followed(city, Cadence.DAILY)
    change(city)
    assert telling.tell(NEXT_DAY.replace(hour=6)) == 0
    assert telling.tell(NEXT_DAY.replace(hour=7)) == 1


def test_a_new_figure_is_told_to_who_follows_the_indicator(city: City) -> None:
    trees = make_indicator(city, "trees")
    followed(city, Cadence.DAILY, "indicator", trees.pk)
    with records.happened(NOON + timedelta(hours=2)):
        measuring.say_figure(Figure(trees, Period(2025), Decimal(210)), actor=city.actor("head"), today=TODAY)
    assert telling.tell(NEXT_DAY) == 1
    mail = Mail.objects.get()
    assert "Valeur (2025) : 210\u00a0arbres." in mail.text
    assert "/fr/indicators/trees/" in mail.text
    assert "Head" not in mail.text
    measuring.change_indicator(trees, {"visibility": "internal"}, actor=SYSTEM)
    telling.forget(NEXT_DAY)
    assert not Following.objects.exists(), "what is not public any more is followed by nobody"


def test_all_that_an_address_follows_is_in_one_mail(city: City) -> None:
    followed(city)
    followed(city, kind="organisation", pk=city.units["roads"].pk)
    followed(city, kind="plan", pk=city.plan.pk)
    change(city)
    assert telling.tell(MONDAY) == 1
    assert Mail.objects.get().text.count("En cours") == 3


def test_nothing_internal_is_ever_told(city: City) -> None:
    followed(city, kind="plan", pk=city.plan.pk)
    with records.happened(NOON + timedelta(hours=2)):
        action = city.actions["roads_internal"]
        do.report(action, {"status": "under_way"}, actor=city.actor("owner"), today=TODAY)
    assert telling.tell(MONDAY) == 0


def test_the_mails_cost_the_same_questions_for_one_follower_or_thirty(
    city: City, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        followed(city, who=f"p{number}")
    change(city)
    with django_assert_max_num_queries(30 * 8 + 15):  # type: ignore[operator]
        assert telling.tell(MONDAY) == 30


def test_what_is_gone_is_followed_by_nobody(city: City) -> None:
    followed(city)
    do.change_action(city.actions["roads_public"], {"visibility": "internal"}, actor=SYSTEM)
    assert telling.forget(NOON) == 1
    assert not Following.objects.exists()


# ---- Out: once ----------------------------------------------------------------------------------------------------


def test_one_click_ends_it_and_the_address_goes_with_the_last(city: City, client: Client) -> None:
    followed(city)
    followed(city, kind="plan", pk=city.plan.pk)
    change(city)
    telling.tell(MONDAY)
    first = link_in(Mail.objects.get(), "out")
    assert client.get(first).status_code == 200
    assert Following.objects.count() == 2
    client.post(first)
    assert Following.objects.count() == 1
    assert client.post(first).status_code == 200, "twice is no fault"
    asking.stop(Following.objects.get())
    assert not Mail.objects.exists()


def test_the_mail_program_ends_everything_without_a_page(city: City) -> None:
    followed(city)
    followed(city, kind="plan", pk=city.plan.pk)
    change(city)
    telling.tell(MONDAY)
    address = Mail.objects.get().headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Following.objects.exists()


def test_it_is_told_and_erased_with_all_else_that_is_kept_under_the_address(city: City) -> None:
    followed(city)
    assert "roads public" in str(
        [table.rows for chapter in citizens.yours("jeanne@example.org") for table in chapter.tables]
    )
    citizens.erase_yours("jeanne@example.org")
    assert not Following.objects.exists()


def test_mails_to_followers_go_after_thirty_days_and_questions_after_three(city: City) -> None:
    now = timezone.now()
    for key, days in (("follow:a", 4), ("follow:b", 2), ("followed:a", 31), ("followed:b", 29)):
        Mail.objects.create(
            key=key, to="x@example.org", language="fr", subject="x", text="x", created_at=now - timedelta(days=days)
        )
    forget_mails(now)
    assert set(Mail.objects.values_list("key", flat=True)) == {"follow:b", "followed:b"}


# ---- When, purely; and feeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "told", "now", "due"),
    [
        (Cadence.DAILY, NOON, NOON + timedelta(days=1), True),
        (Cadence.DAILY, NOON, NOON + timedelta(hours=5), False),
        (Cadence.DAILY, NOON, NEXT_DAY.replace(hour=6), False),
        (Cadence.WEEKLY, NOON, MONDAY, True),
        (Cadence.WEEKLY, NOON, NOON + timedelta(days=2), False),
        (Cadence.WEEKLY, NOON, NOON + timedelta(days=7), True),
    ],
)  # fmt: skip
def test_when_somebody_is_told(cadence: Cadence, told: datetime, now: datetime, due: bool) -> None:
    assert is_due(cadence, told, now) is due


@pytest.mark.parametrize(
    "named",
    ["action/CLIMATE/roads-public", "objective/CLIMATE/O1", "theme/CLIMATE/T1", "plan/CLIMATE", "organisation/roads"],
)
def test_each_kind_has_a_feed_of_its_own_changes(city: City, client: Client, named: str) -> None:
    change(city)
    feed = ElementTree.fromstring(client.get(f"/fr/feeds/{named}/").content)
    found = [node.text or "" for node in feed.iter("{http://www.w3.org/2005/Atom}summary")]
    assert any("En cours" in text for text in found) or named.startswith("objective")
    assert not any("internal" in (node.text or "") for node in feed.iter())
