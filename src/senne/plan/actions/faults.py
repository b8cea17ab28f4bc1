"""What the rules refuse, said in the reader's language: what was found, what was expected, what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from senne.plan.rules.documents import ALLOWED, DocumentFault
from senne.plan.rules.place import PlaceFault


def place_fault_text(fault: PlaceFault) -> str:
    """The sentence for a place that cannot be read."""
    texts = {
        "not_a_line": _(
            "Line %(line)s, “%(found)s”, is not “latitude, longitude”. Write for example 50.8466, 4.3528, or paste GeoJSON."
        ),
        "not_geojson": _("This looks like GeoJSON but cannot be read: %(found)s. Copy it again, whole."),
        "kind": _("“%(found)s” cannot be drawn here. Give one point, one line or one area."),
        "swapped": _(
            "%(found)s lies far from here: latitude and longitude seem to have changed places. "
            "Latitude comes first in lines, longitude first in GeoJSON."
        ),
        "outside": _("%(found)s lies outside the region. Check the figures and their order."),
        "crosses": _("The edge of this area crosses itself. Give its corners in order, around the area."),
        "flat": _("This area has no surface, or this line no length. Give points that differ."),
        "too_many": _("This shape has more than %(limit)s points. Simplify it first."),
    }
    return texts[fault.code] % fault.params


def document_fault_text(fault: DocumentFault) -> str:
    """The sentence for a document that is refused."""
    texts = {
        "empty": _("The file is empty. Choose it again."),
        "too_big": _("The file weighs more than %(limit)s MB. Make it smaller, or give a link to it instead."),
        "kind": _("Files of the kind “%(found)s” are not accepted. Accepted: %(accepted)s."),
        "disguised": _(
            "The content of this file is not that of a “%(found)s” file. Open it, save it again, then choose it."
        ),
        "macros": _("This document holds macros (small programs). Save it without macros, or as PDF."),
    }
    return texts[fault.code] % {"accepted": ", ".join(ALLOWED), **fault.params}
