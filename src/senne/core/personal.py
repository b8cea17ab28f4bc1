"""What the core, and the libraries behind accounts, keep of people (see core/privacy/register.py)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senne.core.models import Person
from senne.core.privacy.register import Basis, Fate, Holding, Treatment, hold, innocent, people_in, treat
from senne.core.privacy.rules import pseudonym


def _account_gone(number: int) -> dict[str, Any]:
    """The account's row stays, so that deeds keep one author; nobody can log in with it."""
    return {
        "email": f"{number}@erased.invalid",
        "password": "!",
        "language": "fr",
        "is_active": False,
        "last_login": None,
        "invited_at": None,
    }


def _person_gone(number: int) -> dict[str, Any]:
    return {"name": pseudonym(number), "email": "", "title": {}, "language": "fr"}


def _deeds(person: Person) -> Q:
    """What the person did, and what was done to their own record and account."""
    own = Q(root_kind="core.person", root_id=person.pk)
    return own | Q(actor_id=person.user_id) if person.user_id else own


def _sessions(person: Person) -> Q:
    from senne.core.privacy.erasing import sessions_of

    return Q(pk__in=sessions_of(person))


treat(
    Treatment(
        "people",
        _("People named in the plan"),
        _("staff of the administration and of the para-municipal bodies, elected sponsors, contacts of partners"),
        _("to know who is in charge of what, and whom to ask"),
        Basis.PUBLIC_TASK,
        _(
            "colleagues of the same house and the coordination; visitors see only the elected sponsors of public actions"
        ),
        _(
            "as long as the plan names them; who has left is replaced by a number at their request, or when the "
            "coordination decides"
        ),
    )
)
hold(
    "people",
    Holding(
        "core.person",
        {
            "name": _("name"),
            "email": _("e-mail address"),
            "title": _("job title"),
            "organisation": _("organisation"),
            "language": _("language"),
            "user": _("account"),
            "left_on": _("last day"),
        },
        people_in("pk"),
        fate=Fate.CLEARED,
        cleared=_person_gone,
    ),
    Holding(
        "core.roleassignment",
        {
            "person": _("name"),
            "role": _("role"),
            "organisation": _("organisation"),
            "since": _("since"),
            "until": _("until"),
        },
        people_in("person"),
    ),
)
treat(
    Treatment(
        "accounts",
        _("Accounts"),
        _("people with an account"),
        _("to let people in, and nobody else: login, second factor, sessions"),
        Basis.PUBLIC_TASK,
        _(
            "the person; the coordination sees the address and whether the account is open; nobody sees passwords "
            "and secrets"
        ),
        _(
            "as long as the person is in post; sessions twelve hours after their last use; links to confirm an "
            "address three days; a form that was begun and never sent ninety days"
        ),
    )
)
hold(
    "accounts",
    Holding(
        "core.user",
        {
            "email": _("e-mail address"),
            "language": _("language"),
            "date_joined": _("account opened"),
            "last_login": _("last login"),
            "is_active": _("open"),
        },
        people_in("person"),
        fate=Fate.CLEARED,
        cleared=_account_gone,
        secret=("password", "groups", "user_permissions"),
    ),
    Holding(
        "account.emailaddress",
        {"email": _("e-mail address"), "verified": _("confirmed"), "primary": _("main address")},
        people_in("user__person"),
        fate=Fate.DELETED,
        secret=("user",),
    ),
    Holding(
        "mfa.authenticator",
        {"type": _("kind of second factor"), "created_at": _("since"), "last_used_at": _("last used")},
        people_in("user__person"),
        fate=Fate.DELETED,
        secret=("user", "data"),
    ),
    Holding(
        "socialaccount.socialaccount",
        {"provider": _("outside login"), "uid": _("number at the outside login"), "date_joined": _("since")},
        people_in("user__person"),
        fate=Fate.DELETED,
        secret=("user", "extra_data"),
    ),
    Holding(
        "core.formdraft",
        {"place": _("form begun"), "content": _("what was typed"), "saved_at": _("when")},
        people_in("user__person"),
        fate=Fate.DELETED,
        secret=("user",),
    ),
    Holding(
        "sessions.session",
        {"expire_date": _("open session, until")},
        _sessions,
        fate=Fate.DELETED,
        secret=("session_data",),
    ),
)
treat(
    Treatment(
        "trail",
        _("History of changes"),
        _("people with an account"),
        _("to show who changed what in the plan, when and why, and to notice misuse of accounts"),
        Basis.PUBLIC_TASK,
        _("colleagues who see what is internal; logins are seen by the coordination alone"),
        _("as long as the plan's administration; after erasure every name and address in it is replaced"),
    )
)
hold(
    "trail",
    Holding(
        "core.auditentry",
        {
            "actor_name": _("name"),
            "at": _("when"),
            "verb": _("what was done"),
            "kind": _("kind of record"),
            "label": _("record"),
            "reason": _("reason"),
        },
        _deeds,
        fate=Fate.REWRITTEN,
        secret=("actor",),
    ),
)


def _erase_messages(address: str) -> int:
    from senne.core.actors import SYSTEM
    from senne.core.retention import erase_messages_of

    return erase_messages_of(address, actor=SYSTEM)


treat(
    Treatment(
        "feedback",
        _("Messages to the city"),
        _("citizens who write by the contact form"),
        _("to answer them, and for nothing else"),
        Basis.PUBLIC_TASK,
        _("the coordination, or the managers of the para-municipal body that the message is about"),
        _("until the day after the matter is closed, two years at the latest; at once if the sender asks"),
    )
)
hold(
    "feedback",
    Holding(
        "core.feedback",
        {
            "name": _("name"),
            "email": _("e-mail address"),
            "message": _("message"),
            "answer": _("answer"),
            "language": _("language"),
            "created_at": _("when"),
            "state": _("state"),
            "may_publish": _("may be published, without a name"),
            "handled_by": _("who answers it"),
        },
        people_in("handled_by"),
        address="email",
        erase_citizen=_erase_messages,
    ),
)
treat(
    Treatment(
        "technical",
        _("Technical traces"),
        _("everybody who visits the site"),
        _("to limit how often one connection may write or try a password, and to find faults"),
        Basis.PUBLIC_TASK,
        _("those who run the server"),
        _(
            "the address of a connection one hour, only as a hash; the server's own logs for the time that security asks"
        ),
        _("address of the connection, as a hash; no cookie before a login, no statistics, nothing of third parties"),
    )
)
innocent(
    {
        "core.organisation.email": "the address of an organisation, published by itself",
        "core.storedfile.name": "the name of a file",
        "auth.permission.name": "Django's permissions",
        "auth.group.name": "Django's groups",
        "socialaccount.socialapp.name": "the name of a login server",
        "django_tasks_database.dbtaskresult.queue_name": "a queue",
        "django_tasks_database.dbtaskresult.backend_name": "a queue",
        "django_tasks_database.dbtaskresult.worker_ids": "a process",
    }
)
