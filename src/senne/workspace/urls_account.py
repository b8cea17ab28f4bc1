"""Addresses around accounts that allauth does not have."""

from django.urls import path

from senne.workspace.views import invitation

urlpatterns = [path("invitation/<str:key>/<str:token>/", invitation.accept, name="invitation")]
