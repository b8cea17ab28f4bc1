"""The contact form: no account, no third party, hard for robots."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FASTEST, SLOWEST = 3, 60 * 60 * 12
SALT = "senne.site.contact"


def time_stamp() -> str:
    """When the form was shown, signed."""
    return signing.dumps(int(time.time()), salt=SALT)


class ContactForm(forms.Form):
    """A message; name and address are free. A trap field and the time it took to write keep robots out."""

    name = forms.CharField(label=_("Your name (optional)"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Your e-mail (optional)"),
        required=False,
        help_text=_("Only to answer you; we keep it for nothing else."),
    )
    message = forms.CharField(
        label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}), strip=True
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    shown_at = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

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
            raise ValidationError(_("Please take a moment to read your message again, then send it once more."))
        return shown


class AddressForm(forms.Form):
    """The address under which somebody wrote or follows."""

    use_required_attribute = False
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["email"].widget.attrs["autocomplete"] = "email"
