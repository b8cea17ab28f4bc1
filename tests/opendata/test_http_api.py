"""The reading API: as documented, in three languages, paged, cached, open to other sites, closed on what is internal."""

from __future__ import annotations

import pytest
import schemathesis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from senne.config.wsgi import application
from tests.city import City, make_action

PATHS = ("plans", "themes", "objectives", "actions", "organisations")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_list_answers_in_every_language(city: City, client: Client, path: str, language: str) -> None:
    response = client.get(f"/api/v1/{path}?lang={language}")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["ETag"]
    assert response.json()["count"] >= 1


def test_texts_in_all_languages_or_in_one(city: City, client: Client) -> None:
    all_of_them = client.get("/api/v1/actions/CLIMATE/roads-public").json()
    one = client.get("/api/v1/actions/CLIMATE/roads-public?lang=nl").json()
    assert all_of_them["title"] == {"fr": "roads public", "nl": "roads public (nl)", "en": "roads public (en)"}
    assert one["title"] == "roads public (nl)"


def test_internal_records_need_a_login(city: City) -> None:
    assert Client().get("/api/v1/actions/CLIMATE/roads-internal").status_code == 404
    staff = Client()
    city.login("head", staff)
    assert staff.get("/api/v1/actions/CLIMATE/roads-internal").status_code == 200
    assert staff.get("/api/v1/actions/WELFARE/welfare-internal").status_code == 404
    assert "secret" not in staff.get("/api/v1/actions").content.decode()


def test_pages_of_a_list(city: City, client: Client) -> None:
    for number in range(5):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    first = client.get("/api/v1/actions?limit=3").json()
    second = client.get("/api/v1/actions?limit=3&offset=3").json()
    assert first["count"] == second["count"] == 7
    assert not {a["code"] for a in first["items"]} & {a["code"] for a in second["items"]}


def test_the_number_of_questions_does_not_grow(city: City) -> None:
    def questions(order: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/api/v1/actions?limit=200&q={order}")
        return len(queries)

    few = questions("")
    for number in range(10):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    assert questions("") == few


@pytest.mark.django_db(transaction=True)
def test_every_answer_is_as_documented(city: City) -> None:
    """Requests made from the API's own description, sent to the application itself (which ends its connection)."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 6
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def answers_as_documented(case: schemathesis.Case) -> None:
            response = case.call(headers={"Accept-Encoding": "identity"})
            assert response.status_code in {200, 404, 405, 422}, response.text
            if response.status_code == 200:
                case.validate_response(response)

        answers_as_documented()
