"""What citizens left here, told and erased by a link sent to their address: nobody else can open it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.mailing import post
from senne.core.mailing.models import Mail
from senne.core.privacy.exporting import Chapter, kept_at
from senne.core.privacy.register import Fate, holdings

SALT = "senne.core.privacy.citizens"
HOLDS = 24 * 3600
SENT = "yours:"


def send_link(address: str, language: str, now: datetime) -> bool:
    """Send the link to what is kept under this address, if anything is. Returns whether one was sent: tell nobody."""
    address = address.strip().lower()
    if not kept_at(address):
        return False
    token = signing.dumps(address, salt=SALT)
    with override(language):
        path = reverse("site:your_data_open", args=[token])
        subject = _("What is kept under your address")
        text = _(
            "Hello,\n\nsomebody, probably you, asked what the city keeps under this address on the climate plan's site.\n"
            "See it, download it or erase it here (the link works for 24 hours):\n\n%(link)s\n\n"
            "If it was not you, nothing happens: only who reads this mail can open the link."
        ) % {"link": settings.PUBLIC_URL + path}
    key = f"{SENT}{signing.Signer(salt=SALT).signature(address)[:20]}:{now.isoformat(timespec='seconds')}"
    post.queue(key, address, subject, text, language=language, now=now)
    return True


def address_behind(token: str) -> str | None:
    """The address of a link that still holds."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=HOLDS))
    except signing.BadSignature:
        return None


def yours(address: str) -> list[Chapter]:
    """What is kept under the address."""
    return kept_at(address)


@transaction.atomic
def erase_yours(address: str) -> int:
    """Erase what is kept under the address: messages lose name, address and words, all else is removed."""
    erased = 0
    for held in holdings():
        if not held.address:
            continue
        if held.erase_citizen is not None:
            erased += held.erase_citizen(address)
        elif held.fate is Fate.DELETED:
            erased += held.rows_at(address).delete()[0]
    Mail.objects.filter(to__iexact=address, person=None).delete()
    return erased
