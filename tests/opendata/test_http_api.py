"""The reading API: as documented, in three languages, paged, cached, open to other sites, closed on what is internal."""

from __future__ import annotations

import pytest
import schemathesis
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from senne.config.wsgi import application
from tests.city import City, make_action, make_plan

PATHS = ("plans", "themes", "axes", "objectives", "actions", "organisations")
ONES = (
    "plans/CLIMATE", "themes/CLIMATE/T1", "axes/CLIMATE/A1", "objectives/CLIMATE/O1", "actions/CLIMATE/roads-public",
    "organisations/roads",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_list_answers_in_every_language(city: City, client: Client, path: str, language: str) -> None:
    response = client.get(f"/api/v1/{path}?lang={language}")
    assert response.status_code == 200
    assert response.headers["ETag"]
    answer = response.json()
    assert answer["count"] >= 1
    assert all(item["url"].startswith(f"http://127.0.0.1:8000/{language}/") for item in answer["items"])


@pytest.mark.parametrize("path", ONES)
def test_each_record_has_an_address_of_its_own_and_the_id_that_others_call_it_by(
    city: City, client: Client, path: str
) -> None:
    one = client.get(f"/api/v1/{path}").json()
    kind, _sep, code = path.partition("/")
    assert one["id"] == code.replace("/", ":")
    listed = {item["id"]: item for item in client.get(f"/api/v1/{kind}").json()["items"]}
    assert listed[one["id"]] == one
    absent = client.get(f"/api/v1/{path}-none")
    assert (absent.status_code, absent.json()) == (
        404, {"detail": "There is no such record, or it is not public."},
    )  # fmt: skip


def test_references_lead_to_records(city: City, client: Client) -> None:
    action = client.get("/api/v1/actions/CLIMATE/roads-public").json()
    objective = client.get(f"/api/v1/objectives/{action['objectives'][0].replace(':', '/')}").json()
    axis = client.get(f"/api/v1/axes/{objective['axis'].replace(':', '/')}").json()
    assert action["id"] in objective["actions"]
    assert (axis["theme"], objective["theme"]) == ("CLIMATE:T1", "CLIMATE:T1")
    assert client.get(f"/api/v1/organisations/{action['lead']}").status_code == 200


def test_texts_in_all_languages_or_in_one(city: City, client: Client) -> None:
    all_of_them = client.get("/api/v1/actions/CLIMATE/roads-public").json()
    one = client.get("/api/v1/actions/CLIMATE/roads-public?lang=nl").json()
    assert all_of_them["title"] == {"fr": "roads public", "nl": "roads public (nl)", "en": "roads public (en)"}
    assert one["title"] == "roads public (nl)"


@pytest.mark.parametrize(
    ("query", "field"),
    [("lang=de", "lang"), ("limit=0", "limit"), ("limit=201", "limit"), ("offset=-1", "offset"), ("sort=secret", "sort"),
     ("status=gone", "status"), ("year=abc", "year")],
)  # fmt: skip
def test_what_is_not_understood_is_said_by_field(city: City, client: Client, query: str, field: str) -> None:
    response = client.get(f"/api/v1/actions?{query}")
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["faults"]] == [field]


def test_internal_records_need_a_login(city: City) -> None:
    assert Client().get("/api/v1/actions/CLIMATE/roads-internal").status_code == 404
    staff = Client()
    city.login("head", staff)
    assert staff.get("/api/v1/actions/CLIMATE/roads-internal").status_code == 200
    assert staff.get("/api/v1/actions/WELFARE/welfare-internal").status_code == 404
    assert "secret" not in staff.get("/api/v1/actions").content.decode()


def test_a_list_is_read_whole_by_following_next(city: City, client: Client) -> None:
    for number in range(5):
        make_action(city, f"more_{number}", city.plan, "parks", "public")
    seen, address = [], "/api/v1/actions?limit=3&plan=CLIMATE&sort=-code"
    while address:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000")).json()
        seen += [item["code"] for item in answer["items"]]
        assert answer["count"] == 6
        address = answer["next"]
    assert seen == ["roads-public", "more-4", "more-3", "more-2", "more-1", "more-0"]
    last = client.get("/api/v1/actions?limit=3&plan=CLIMATE&offset=4").json()
    assert last["next"] is None
    assert "offset=1&" in last["previous"] + "&" or last["previous"].endswith("offset=1")


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_questions_does_not_grow(city: City, path: str) -> None:
    def questions(order: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/api/v1/{path}?limit=200&x={order}").status_code == 200
        return len(queries)

    few = questions("few")
    for number in range(8):
        code = f"more_{number}"
        make_action(city, code, city.plan, "parks", "public")
        make_plan(city, f"PLAN{number}", "parks")
    assert questions("many") == few <= 14


@pytest.mark.parametrize(
    "path", ["/api/v1/plans", "/api/v1/plans/NONE", "/api/v1/plans?lang=xx", "/fr/data/CLIMATE.json"]
)
def test_other_sites_may_read_it_whatever_the_answer(city: City, client: Client, path: str) -> None:
    response = client.get(path, headers={"origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    kept = client.get(path, headers={"origin": "https://other.example"})
    assert kept.headers["Access-Control-Allow-Origin"] == "*"


def test_the_question_that_browsers_ask_beforehand(city: City, client: Client) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET",
             "access-control-request-headers": "if-none-match"}  # fmt: skip
    response = client.options("/api/v1/actions", headers=asked)
    assert response.status_code == 204
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "POST" not in response.headers["Access-Control-Allow-Methods"]


def test_the_workspace_is_not_open_to_other_sites(city: City, client: Client) -> None:
    for path in ("/fr/", "/fr/work/", "/fr/account/login/"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_an_unchanged_answer_costs_nothing(city: City, client: Client) -> None:
    tag = client.get("/api/v1/actions").headers["ETag"]
    assert client.get("/api/v1/actions", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_answer_is_as_documented(city: City) -> None:
    """Requests made from the API's own description, sent to the application itself (which ends its connection)."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 15
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def answers_as_documented(case: schemathesis.Case) -> None:
            response = case.call(headers={"Accept-Encoding": "identity"})
            assert response.status_code in {200, 404, 405, 422}, response.text
            if response.status_code != 405:
                case.validate_response(response)

        answers_as_documented()
