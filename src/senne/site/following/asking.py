"""Following by mail: asked for, confirmed by whoever reads the mails of the address, ended by one click.

Nothing is kept before the confirmation: what was asked travels in the link. The link holds three days.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from senne.core.mailing import post
from senne.core.mailing.models import Mail
from senne.site import subjects
from senne.site.following.rules import Cadence
from senne.site.models import Following

ASKED, OUT = "senne.site.following.asked", "senne.site.following.out"
HOLDS = 3 * 24 * 3600
QUESTIONS, TOLD = "follow:", "followed:"
MOST_QUESTIONS_A_DAY = 5


@dataclass(frozen=True)
class Wish:
    """Who wants to follow what, how often, in which language."""

    email: str
    language: str
    kind: str
    record_id: int
    cadence: Cadence

    def record(self) -> subjects.Subject | None:
        return subjects.by_number(self.kind, self.record_id)


def name_of(email: str) -> str:
    """The address as keys of mails name it."""
    return hashlib.sha256(email.lower().encode()).hexdigest()[:20]


def ask(email: str, language: str, record: subjects.Subject, cadence: Cadence, now: datetime) -> bool:
    """Send the mail that asks for the confirmation: once a day for one thing, five a day to one address.

    Returns whether one was sent: tell nobody.
    """
    email = email.strip().lower()
    lately = Mail.objects.filter(to=email, key__startswith=QUESTIONS, created_at__gt=now - timedelta(days=1))
    kind = subjects.kind_of(record)
    key = f"{QUESTIONS}{name_of(email)}:{kind}:{record.pk}:{timezone.localdate(now).isoformat()}"
    if lately.count() >= MOST_QUESTIONS_A_DAY or lately.filter(key=key).exists():
        return False
    token = signing.dumps([email, language, kind, record.pk, cadence.value], salt=ASKED)
    with override(language):
        title = subjects.title_of(record).shown()[0]
        text = _(
            "Hello,\n\nsomebody, probably you, wants to hear by mail what changes in this:\n\n%(title)s\n\n"
            "Confirm it here (the link works for three days):\n\n%(link)s\n\n"
            "If it was not you, do nothing: without your confirmation nothing is kept and nothing is sent."
        ) % {"title": title, "link": settings.PUBLIC_URL + reverse("site:follow_confirm", args=[token])}
        subject = _("Please confirm: you want to follow “%(title)s”") % {"title": title}
    post.queue(key, email, subject, text, language=language, now=now)
    return True


def wish_of(token: str) -> Wish | None:
    """What a link that still holds asks for."""
    try:
        email, language, kind, number, cadence = signing.loads(token, salt=ASKED, max_age=HOLDS)
        return Wish(email, language, kind, int(number), Cadence(cadence))
    except (signing.BadSignature, ValueError, TypeError):
        return None


@transaction.atomic
def confirm(wish: Wish, now: datetime) -> Following | None:
    """From now on the address is told; None where the record is not public any more. Again changes the cadence alone."""
    record = wish.record()
    if record is None:
        return None
    found, made = Following.objects.get_or_create(
        email=wish.email,
        kind=wish.kind,
        record_id=wish.record_id,
        defaults={
            "language": wish.language,
            "label": subjects.title_of(record),
            "cadence": wish.cadence.value,
            "confirmed_at": now,
            "told_until": now,
        },
    )
    if not made:
        Following.objects.filter(pk=found.pk).update(cadence=wish.cadence.value, language=wish.language)
    Mail.objects.filter(to=wish.email, key__startswith=f"{QUESTIONS}{name_of(wish.email)}", sent_at__lt=now).delete()
    return found


# ---- Out again ----------------------------------------------------------------------------------------------------


def out_path(following: Following) -> str:
    """The address that ends a following without a login, in the active language."""
    return reverse("site:follow_out", args=[signing.dumps([following.pk, name_of(following.email)], salt=OUT)])


def following_of(token: str) -> Following | None:
    """The following of such an address; None where it ended already, or the address is not one of ours."""
    try:
        number, name = signing.loads(token, salt=OUT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Following.objects.filter(pk=number).first()
    return found if found is not None and name_of(found.email) == name else None


@transaction.atomic
def stop(following: Following, everything: bool = False) -> int:
    """End it, or all that the address follows; with the last one every mail to it goes too. Returns how many ended."""
    own = Following.objects.filter(email=following.email)
    ended = (own if everything else own.filter(pk=following.pk)).delete()[0]
    if not Following.objects.filter(email=following.email).exists():
        Mail.objects.filter(to=following.email, person=None, key__startswith=TOLD).delete()
    return ended
