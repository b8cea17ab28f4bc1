"""Addresses of the API, without a language: the language is a parameter."""

from django.urls import path

from senne.opendata.http_api import api
from senne.opendata.schema import schema

urlpatterns = [
    path("v1/schemas/<slug:name>.json", schema, name="schema"),
    path("v1/", api.urls),
]
