"""What the public site keeps of people (see core/privacy/register.py)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Person
from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, treat


def _under_their_address(person: Person) -> Q:
    """What somebody of the staff follows as a citizen, under the address by which the city knows them."""
    addresses = {person.email, person.user.email if person.user else ""} - {""}
    return Q(email__in=[address.lower() for address in addresses])


treat(
    Treatment(
        "followings",
        _("Following by mail"),
        _("citizens who asked to hear what changes in a record, and confirmed it"),
        _("to tell them what changes, and for nothing else"),
        Basis.CONSENT,
        _("nobody: the program writes the mails"),
        _(
            "until they end it by the link in each mail, or what they follow is gone; nothing before they confirm; the "
            "mails themselves thirty days"
        ),
    )
)
hold(
    "followings",
    Holding(
        "site.following",
        {
            "email": _("e-mail address"),
            "label": _("what is followed"),
            "language": _("language"),
            "cadence": _("how often"),
            "confirmed_at": _("confirmed"),
            "told_until": _("told until"),
        },
        _under_their_address,
        address="email",
        fate=Fate.DELETED,
    ),
)
