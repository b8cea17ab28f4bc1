"""Files of editorial pages: the same in every language."""

from django.urls import path, re_path

from senne.site.editorial.views import media

urlpatterns = [
    path("media/images/<str:name>", media.picture, name="editorial_picture"),
    # Wagtail finds addresses of documents by this name.
    re_path(r"^files/(\d+)/([^/]+)$", media.document, name="wagtaildocs_serve"),
]
