"""senne demo-code: the current one-time code of the demo coordination account."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import BaseCommand

from senne.demo.accounts import TOTP_SECRET


class Command(BaseCommand):
    help = "Print the current one-time code of the demo coordination account."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30)))
