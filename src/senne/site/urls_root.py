"""Addresses without a language: the door, and what machines ask for."""

from django.urls import path

from senne.site.views import feeds, home

urlpatterns = [
    path("", home.door, name="door"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
