"""Addresses of the API, without a language: the language is a parameter."""

from django.urls import path

from senne.opendata.http_api import api

urlpatterns = [path("v1/", api.urls)]
