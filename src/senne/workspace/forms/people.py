"""People, their roles and their leaving; organisations and their end."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from senne.core.models import Organisation, Person
from senne.core.policy import Role
from senne.core.text import LANGUAGE_NAMES
from senne.workspace.fields import DayField, TextFormField
from senne.workspace.forms.base import OrganisationChoiceField, PersonChoiceField, WorkForm
from senne.workspace.words import ROLE_EXPLANATIONS, ROLE_LABELS


class PersonForm(WorkForm):
    """A person, with or without an account."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Needed for an invitation."))
    title = TextFormField(label=_("Job title"))
    organisation = OrganisationChoiceField(Organisation.objects.none(), label=_("Organisation"))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))
    layout: ClassVar = {"language": "short"}

    def __init__(self, *args: Any, organisations: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.narrow("organisation", organisations)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        others = Person.objects.filter(email__iexact=email).exclude(pk=self.person.pk if self.person else 0)
        if email and others.exists():
            raise ValidationError(_("Somebody else has this address already."))
        return email


class RoleForm(WorkForm):
    """A role to give."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_LABELS.items()), widget=forms.RadioSelect)
    organisation = OrganisationChoiceField(Organisation.objects.none(), label=_("In"))
    register = forms.SlugField(
        label=_("Register"), required=False, help_text=_("For specialists only: carbon, training, purchases…")
    )
    layout: ClassVar = {"role": "roles"}

    def __init__(self, *args: Any, organisations: Any, roles: set[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("organisation", organisations)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, format_html("{} <small>{}</small>", ROLE_LABELS[role], ROLE_EXPLANATIONS[role]))
            for role in Role
            if role in roles
        ]


class LeaveForm(WorkForm):
    """Somebody's last day, and who takes over."""

    on = DayField(label=_("Last day"))
    to = PersonChoiceField(
        Person.objects.none(),
        label=_("Hand over to"),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_(
            "Open actions, undone steps, objectives and indicators get this person's name. "
            "What is finished keeps the old one."
        ),
    )
    reason = forms.CharField(label=_("Reason (for the history)"), required=False, max_length=300)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("to", people)


class LinkAccountForm(WorkForm):
    """An account that is there already."""

    account = forms.EmailField(label=_("Address of the account"))


class OrganisationForm(WorkForm):
    """An organisation in the tree."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextFormField(label=_("Name"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    parent = OrganisationChoiceField(Organisation.objects.none(), label=_("Part of"), required=False)
    email = forms.EmailField(label=_("Contact address"), required=False)
    order = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("parent", organisations)


class NewOrganisationForm(OrganisationForm):
    """A new organisation also has a code."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Lower-case letters, digits and dashes; it stands in addresses.")
    )
    field_order = ("code", "name")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Organisation.objects.filter(code=code).exists():
            raise ValidationError(_("Another organisation has this code already."))
        return code


class DissolveForm(WorkForm):
    """The day on which an organisation ends, and who takes over what it leads."""

    on = DayField(label=_("Dissolved on"))
    successor = OrganisationChoiceField(
        Organisation.objects.none(), label=_("Successor"), required=False, empty_label=_("none yet")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow("successor", organisations)
