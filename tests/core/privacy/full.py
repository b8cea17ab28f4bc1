"""A person of whom every table of the register keeps something."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import Comment as WagtailComment
from wagtail.models import CommentReply, TaskState
from wagtail.users.models import UserProfile

from senne.core import drafts, people, records
from senne.core.actors import SYSTEM
from senne.core.duties.keeping import keep
from senne.core.duties.models import Absence, CalendarKey
from senne.core.feedback import receive_feedback
from senne.core.files import keep_file
from senne.core.mailing import notices, post
from senne.core.mailing.rules import Cadence, Kind
from senne.core.models import Feedback, Person, User
from senne.core.periods import Period
from senne.core.policy import VISITOR
from senne.core.security import tell
from senne.core.talk import asking, saying
from senne.core.text import the_same
from senne.indicators import api as indicators
from senne.plan.actions import rounds
from senne.plan.api import Action, Amendment, Contribution, ImportRun, Objective, Step, do
from senne.reports.models import ReportJob
from senne.site.editorial import reviewing
from senne.site.models import Following
from senne.workspace.models import SavedView
from tests.city import TODAY, City, add_contact, make_indicator, words
from tests.site.editorial.writing import picture, text, write

NAME, BEFORE = "Hélène Vandenbroeck-D’Hondt", "Hélène Vandenbroeck"
EMAIL, PRIVATE, OLD = "h.vandenbroeck@ville.example", "helene.prive@mail.example", "h.v@ancien.example"
SECRETS = (NAME, BEFORE, EMAIL, PRIVATE, OLD)
WHO = "owner"


def fill(city: City) -> Person:
    """Give 'owner' a name, addresses, an account, and a row everywhere."""
    person = city.people[WHO]
    records.update(person, {"name": BEFORE, "email": OLD, "title": the_same("Ingénieure zébrée")}, actor=SYSTEM)
    records.update(person, {"name": NAME, "email": EMAIL}, actor=SYSTEM)
    user = User.objects.create_user(EMAIL, "a long enough password", actor=SYSTEM)
    people.change_person(person, {"user": user}, actor=SYSTEM)
    _account(user)
    _pages(user)
    _plan(city, person)
    _kept_for_themselves(city, person, user)
    _talk(city, person)
    _mails(person)
    _messages(city, person)
    keep(TODAY, timezone.now())
    return Person.objects.get(pk=person.pk)


def _account(user: User) -> None:
    EmailAddress.objects.create(user=user, email=PRIVATE, verified=True, primary=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"})
    SocialAccount.objects.create(
        user=user, provider="openid", uid="sub-4711", extra_data={"name": NAME, "email": EMAIL}
    )
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["account_authentication_records"] = [{"method": "password", "email": EMAIL}]
    session.create()
    drafts.keep(user.pk, "report:AD-1", QueryDict(f"news={NAME}"), timezone.now())
    tell(user, "login", changes={"method": [None, "password"]})
    tell(user, "email_changed", changes={"email": [OLD, EMAIL]})


def _pages(user: User) -> None:
    """A page that they wrote, that names them, and that somebody else's review sent back; a picture, a document."""
    page = write(f"Le départ de {NAME}", text(f"<p>Écrire à {EMAIL}, ou à {NAME}.</p>"), live=False, owner=user)
    page.save_revision(user=user, log_action=True)
    reviewing.submit(page, user)
    TaskState.objects.update(finished_by=user, comment=f"vu, {NAME}", finished_at=timezone.now())
    image = picture(8, 8, NAME)
    image.uploaded_by_user = user
    image.save()
    said = WagtailComment.objects.create(page=page, user=user, text=f"dixit {NAME}", contentpath="lead")
    CommentReply.objects.create(comment=said, user=user, text="d’accord")
    log(instance=image, action="wagtail.edit", user=user)
    moments = {"confirmed_at": timezone.now(), "told_until": timezone.now()}
    Following.objects.create(email=EMAIL, language="fr", kind="action", record_id=1, cadence="daily", **moments)
    Document.objects.create(title=f"CV de {NAME}", file=ContentFile(b"x", "cv.txt"), uploaded_by_user=user)
    UserProfile.get_for_user(user)


def _kept_for_themselves(city: City, person: Person, user: User) -> None:
    SavedView.objects.create(person=person, name=f"chez {NAME}", query="view=table")
    ReportJob.objects.create(
        plan=city.plan, kind="year", format="pdf", language="fr", requested_by=user, requested_at=timezone.now()
    )


def _plan(city: City, person: Person) -> None:
    action = Action.objects.get(pk=city.actions["roads_internal"].pk)
    add_contact(action, person, "owner")
    action = Action.objects.get(pk=action.pk)
    records.update(action, {"sponsor": person, "internal_notes": f"voir avec {NAME.upper()} ({EMAIL})"}, actor=SYSTEM)
    said = {"news": the_same(f"Vu par {NAME}"), "unblocked_by": NAME, "coming": the_same("suite")}
    do.report(action, said, actor=city.actor(WHO), today=TODAY)
    step = Step.objects.get(action=action)
    records.update(step, {"assignee": person}, actor=SYSTEM, root=action)
    records.update(Objective.objects.get(pk=city.objective.pk), {"owner": person}, actor=SYSTEM)
    _round(city)
    amendment = {
        "plan": city.plan,
        "name": words("Révision"),
        "reason": words(f"proposé par {NAME}"),
        "prepared_by": person,
    }
    records.create(Amendment, amendment, actor=city.actor(WHO))
    file = keep_file(b"x", "plan.csv")
    run = {"organisation": city.units["roads"], "file": file, "file_name": f"plan de {NAME}.csv", "state": "failed",
           "report": {"code": "empty_file", "params": {}}, "by": person}  # fmt: skip
    records.create(ImportRun, run, actor=city.actor(WHO))
    trees = make_indicator(city, "trees", keeper=person, source=words(f"tableau de {NAME}"))
    given = indicators.Figure(trees, Period(2025), Decimal(200), note=words(f"compté par {NAME}"))
    indicators.do.say_figure(given, actor=city.actor(WHO), today=TODAY)


def _round(city: City) -> None:
    day = TODAY + timedelta(days=5)
    values = {
        "organisation": city.units["city"], "name": words("Automne"), "plans": [city.plan], "period_start": TODAY,
        "period_end": day, "report_by": day, "validate_by": day,
    }  # fmt: skip
    round_ = rounds.prepare_round(values, actor=SYSTEM)
    rounds.open_round(round_, actor=SYSTEM, today=TODAY)
    contribution = Contribution.objects.get(round=round_, action=city.actions["roads_internal"])
    do.contribute(contribution, {"news": words(f"{NAME} l’a dit")}, {}, actor=city.actor(WHO), today=TODAY)


def _talk(city: City, person: Person) -> None:
    action = Action.objects.get(pk=city.actions["roads_internal"].pk)
    comment = saying.say(action, f"je signe {NAME}, {EMAIL}", actor=city.actor(WHO), today=TODAY).comment
    saying.reword(comment, f"je resigne {NAME}", actor=city.actor(WHO), today=TODAY)
    saying.say(action, f"@{NAME} : d’accord", actor=city.actor("head"), today=TODAY)
    due = TODAY + timedelta(days=3)
    asking.ask(action, "answer", person, due_on=due, sentence=f"{NAME} ?", actor=city.actor("head"), today=TODAY)
    asking.ask(
        action, "answer", city.people["head"], due_on=due, sentence="et toi ?", actor=city.actor(WHO), today=TODAY
    )


def _mails(person: Person) -> None:
    now = timezone.now()
    post.queue(f"x:{person.pk}", EMAIL, f"Bonjour {NAME}", "…", language="fr", now=now, person=person)
    notices.choose(person, Kind.FOLLOWED, Cadence.NEVER)
    absence = {"person": person, "start": TODAY, "end": TODAY + timedelta(days=2)}
    records.create(Absence, absence, actor=SYSTEM, root=person)
    CalendarKey.objects.create(person=person)


def _messages(city: City, person: Person) -> None:
    receive_feedback({"name": NAME, "email": EMAIL, "message": "zut", "language": "fr"}, actor=VISITOR, today=TODAY)
    other = receive_feedback({"message": f"{NAME} m’a aidé", "language": "fr"}, actor=VISITOR, today=TODAY)
    records.update(Feedback.objects.get(pk=other.pk), {"handled_by": person}, actor=SYSTEM)


# ---- Everything that the database holds ---------------------------------------------------------------------------


def everything() -> dict[str, str]:
    """All text of every table of the store, by table, whatever Django knows of it; JSON and sessions decoded."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            found[name] = "\n".join(_readable(value) for row in cursor.fetchall() for value in row)
    return found


def _readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    text = str(value)
    if isinstance(value, str) and value[:1] in "{[":
        try:
            text = json.dumps(json.loads(value), ensure_ascii=False)
        except ValueError:
            return text
    return text + _unpacked(text)


def _unpacked(text: str) -> str:
    """A session holds its data in base 64, perhaps compressed."""
    body = text.split(":")[0]
    packed = body.startswith(".")
    body = body.lstrip(".")
    try:
        content = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)) if len(body) > 40 else b""
        return (zlib.decompress(content) if packed and content else content).decode("utf-8", "ignore")
    except (ValueError, zlib.error):
        return ""
