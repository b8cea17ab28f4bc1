"""What the core stores: organisations, people, accounts, roles, audit, files, feedback."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senne.core.policy import Actor, Subject
from senne.core.policy import Role as RoleName
from senne.core.text import TextField


class Versioned(models.Model):
    """A record whose concurrent edits are noticed: `version` grows by one with each change (see core.records)."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    modified_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Organisation(Versioned):
    """A city, department, service, para-municipal body or outside partner, in a tree."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        DEPARTMENT = "department", _("Department")
        SERVICE = "service", _("Service")
        BODY = "body", _("Para-municipal body")
        PARTNER = "partner", _("Outside partner")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = TextField(_("name"), required=True)
    email = models.EmailField(_("contact address"), blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=200, editable=False, db_index=True)
    house = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        ordering = ["order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(code=""), name="organisation_has_code"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def subject(self) -> Subject:
        return Subject("organisation", self.path, self.house, public=True)

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(
        self, email: str, password: str | None = None, *, actor: Actor | None = None, **fields: Any
    ) -> User:
        """A new account, with its audit entry. Raises ValidationError where the address has one already."""
        from senne.core import records

        values = {"email": self.normalize_email(email).lower(), "password": make_password(password), **fields}
        return records.create(User, values, actor=actor or Actor(name="Senne"))

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an address, a password or an OpenID link, a second factor. Rights come from the person's roles."""

    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=2, default="fr")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True, blank=True)

    audit_hides: ClassVar = frozenset({"password"})
    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.email


class Person(Versioned):
    """Somebody who is named in the plan, with or without an account."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    title = TextField(_("job title"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=2, default="fr")
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="person")
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def subject(self) -> Subject:
        return Subject("person", self.organisation.path, self.organisation.house)


class RoleAssignment(models.Model):
    """A role of a person in an organisation, with a beginning and perhaps an end; ended ones stay as history."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=[(r.value, r.value) for r in RoleName])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    register = models.SlugField(_("register"), max_length=40, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["organisation__path", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", "role", "organisation", "register", condition=Q(until=None), name="role_held_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="role_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.organisation}"


class AppendOnly(models.QuerySet[Any]):
    """A query set that can be read and added to, nothing else."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("the audit trail is append-only")

    def delete(self) -> NoReturn:
        raise TypeError("the audit trail is append-only")


class AuditEntry(models.Model):
    """One change of one record: who, when, what before and after, and why. Written by core.records only.

    The database itself refuses to change or remove an entry (migration 0004); only inside the erasure of a person may
    their names and addresses be taken out of it (core.privacy).
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    label = TextField()
    root_kind = models.CharField(max_length=60)
    root_id = models.BigIntegerField()
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["root_kind", "root_id", "-id"], name="audit_of_a_record"),
            models.Index(fields=["kind", "-id"], name="audit_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.record_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("the audit trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit trail is append-only")


class ContentVersion(models.Model):
    """One row, one number: it grows with each change of a record, and with it every cached page is out of date."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class StoredFile(models.Model):
    """A file kept as it came, found again by its hash; the bytes lie under SENNE_STORE/files."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class FormDraft(models.Model):
    """What somebody typed into a form and has not saved yet, so that nothing is lost; theirs alone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "place"], name="form_draft_once")]

    def __str__(self) -> str:
        return self.place


class SearchEntry(models.Model):
    """The stems of one record's texts in one language; the store's own full-text index stands on it."""

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    language = models.CharField(max_length=2)
    title = models.TextField()
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record_id", "language"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.language}"


class Feedback(Versioned):
    """What somebody wrote to the city, about the site or about one record, and what became of it."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_HAND = "in_hand", _("In hand")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without answer")

    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.NEW, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)
    record_label = TextField()
    record_path = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="feedback")
    language = models.CharField(max_length=2)
    name = models.CharField(_("your name"), max_length=200, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    message = models.TextField(_("your message"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    handled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    may_publish = models.BooleanField(_("the question may be published, without a name"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    erased_on = models.DateField(_("personal data erased on"), null=True, blank=True)

    # Personal data: erased by core.retention, and therefore never copied into the audit trail.
    audit_hides: ClassVar = frozenset({"name", "email", "message", "answer"})

    class Meta:
        ordering = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(message="") | Q(erased_on__isnull=False), name="feedback_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def subject(self) -> Subject:
        if self.organisation is None:
            return Subject("feedback")
        return Subject("feedback", self.organisation.path, self.organisation.house)


class PublicAnswer(Versioned):
    """A question and its answer on the site: the sender agreed to it and the city chose it. It names nobody.

    `feedback` is where it came from; its sender may take it off as long as they have the link (senne.core.answers).
    """

    feedback = models.OneToOneField(Feedback, models.SET_NULL, null=True, blank=True, related_name="public_answer")
    kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    question = TextField(_("question, as visitors read it"), required=True)
    answer = TextField(_("answer, as visitors read it"), required=True)
    published_on = models.DateField(_("published on"))

    # Whoever wrote may take it off: the trail keeps no copy.
    audit_hides: ClassVar = frozenset({"question", "answer"})

    class Meta:
        ordering = ["-published_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="answers_about")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def subject(self) -> Subject:
        if self.organisation is None:
            return Subject("feedback")
        return Subject("feedback", self.organisation.path, self.organisation.house)
