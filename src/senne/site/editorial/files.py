"""Pictures and documents: once kept, a file does not change under the pages that show it."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class _KeptFile:
    """A form whose file is chosen once. Published pages change by review alone: for another file, upload another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        if form.instance.pk and "file" in form.fields:
            form.fields["file"].disabled = True


class PictureForm(_KeptFile, BaseImageForm):
    """A picture."""


class DocumentForm(_KeptFile, BaseDocumentForm):
    """A document."""
