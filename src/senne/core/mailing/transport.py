"""How a mail leaves: through the server that the settings name, or into a folder of this machine. The folder is safe to
write twice: the file is named by the mail's key."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

KEY_HEADER = "X-Senne-Key"


class FolderBackend(BaseEmailBackend):
    """Writes each message as one .eml file into EMAIL_FILE_PATH, whole or not at all; the same key is the same file."""

    def send_messages(self, email_messages: Any) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message().as_bytes()
            name = file_name(message.extra_headers.get(KEY_HEADER, "")) or f"{hashlib.sha256(content).hexdigest()}.eml"
            handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, folder / name)
        return len(email_messages)


def file_name(key: str) -> str:
    """The file of a mail's key; '' without a key."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.eml" if key else ""


def was_written(key: str) -> bool | None:
    """Whether a mail has left, as far as this machine can know: None where a server took it over."""
    if not settings.EMAIL_BACKEND.endswith("FolderBackend"):
        return None
    return (Path(settings.EMAIL_FILE_PATH) / file_name(key)).exists()


def hand_over(key: str, to: str, subject: str, text: str, headers: dict[str, str]) -> None:
    """Give one plain-text mail to the transport. Raises what the transport raises."""
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
    message_id = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
    message = EmailMessage(
        subject,
        text,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={**headers, KEY_HEADER: key, "Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    message.send()
