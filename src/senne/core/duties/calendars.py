"""Duties and deadlines as iCalendar (RFC 5545), for the calendar program that a person already uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Entry:
    """A day in a calendar: `uid` stays the same as long as it is about the same thing."""

    uid: str
    day: date
    title: str
    url: str
    stamp: datetime
    detail: str = ""


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The feed's bytes: all-day events, each with a link back."""
    from icalendar import Calendar, Event  # a tenth of a second: only when a calendar asks

    found = Calendar()
    found.add("prodid", "-//Senne//Senne//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("url", entry.url)
        event.add("description", "\n".join(filter(None, (entry.detail, entry.url))))
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    content: bytes = found.to_ical()
    return content
