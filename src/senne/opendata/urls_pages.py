"""Downloads, under each language."""

from django.urls import path

from senne.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.downloads, name="downloads"),
    path("<str:plan>.<slug:kind>", views.download, name="download"),
]
