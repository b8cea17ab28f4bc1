"""Forms of visitors: no account, no third party, hard for robots."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from senne.site.following.rules import Cadence

FASTEST, SLOWEST = 3, 60 * 60 * 12
SALT = "senne.site.contact"


def time_stamp() -> str:
    """When the form was shown, signed."""
    return signing.dumps(int(time.time()), salt=SALT)


class CarefulForm(forms.Form):
    """A form that robots do not get through: a trap field, and the time that a person needs."""

    too_fast: Any = _("Please take a moment to read your message again, then send it once more.")
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    shown_at = forms.CharField(widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data.get("website"):
            raise ValidationError(_("Leave this field empty."))
        return ""

    def clean_shown_at(self) -> int:
        try:
            shown = int(signing.loads(self.cleaned_data["shown_at"], salt=SALT))
        except (signing.BadSignature, ValueError):
            raise ValidationError(_("This form is no longer valid. Send it once more.")) from None
        if not FASTEST <= time.time() - shown <= SLOWEST:
            raise ValidationError(self.too_fast)
        return shown


class ContactForm(CarefulForm):
    """A message; name and address are free."""

    field_order = ["name", "email", "message", "may_publish"]
    name = forms.CharField(label=_("Your name (optional)"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Your e-mail (optional)"),
        required=False,
        help_text=_("Only to answer you; we keep it for nothing else."),
    )
    message = forms.CharField(
        label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}), strip=True
    )
    may_publish = forms.BooleanField(
        label=_("My question and the answer may be published on this site, without my name"),
        required=False,
        help_text=_("Only if the city wishes so too. You can take it back at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class FollowForm(CarefulForm):
    """An address, and how often to write to it."""

    use_required_attribute = False
    too_fast = _("Please look at your address once more, then send it again.")
    field_order = ["email", "cadence"]
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)
    cadence = forms.ChoiceField(
        label=_("How often"),
        choices=[(Cadence.WEEKLY.value, _("every Monday")), (Cadence.DAILY.value, _("every morning"))],
        initial=Cadence.WEEKLY.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class AddressForm(forms.Form):
    """The address under which somebody wrote or follows."""

    use_required_attribute = False
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["email"].widget.attrs["autocomplete"] = "email"
