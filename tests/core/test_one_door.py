"""Nothing writes records but core/records.py: the code itself is read, and whatever else writes must be on this list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "senne"
BULK = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"}
TIES = {"set", "add", "remove", "clear"}
MANY = {"objectives", "characteristics", "tags", "partners", "groups", "user_permissions"}
WRITES = BULK | TIES | {"save", "asave", "execute", "executemany"}
QUERY = re.compile(r"\.objects\b|_manager\b|\.through\b|\.filter\(|\.exclude\(|\.all\(\)|_set\b")

# (file, function): why this may write past the door.
ALLOWED = {
    ("core/records.py", "*"): "the door itself",
    ("core/hooks.py", "bump"): "the content version, part of the door",
    ("core/models.py", "AuditEntry.save"): "refuses every second save",
    ("core/search.py", "index"): "the search index follows the records",
    ("core/search.py", "forget"): "the same",
    ("core/files.py", "keep_file"): "a file by the hash of its bytes: what refers to it has its entry",
    ("core/files.py", "forget_file"): "the same: only where nothing refers to it",
    ("core/organisations.py", "_move"): "derived path and house, each with its entry",
    ("core/people.py", "accept_invitation"): "the login library's own note of the address; the entry stands beside it",
    ("core/drafts.py", "*"): "what somebody types and has not sent: no record yet",
    ("core/duties/keeping.py", "*"): "duties are derived from records, and kept true by hooks and chores",
    ("core/duties/absences.py", "new_calendar_key"): "a secret of one's own, which no history may tell",
    ("core/mailing/notices.py", "*"): "notices and what people want to be told: no record",
    ("core/mailing/post.py", "*"): "a mail and its fate: the log of the post itself",
    ("core/privacy/citizens.py", "erase_yours"): "mails to a citizen, at their request",
    ("core/privacy/erasing.py", "*"): "an erasure leaves no copy in the trail: its own entry says that it was",
    ("core/privacy/sweeping.py", "*"): "the same: names go from texts and from the trail",
    ("core/retention.py", "*"): "what is kept long enough goes; what is no record, or leaves no copy in the trail",
    ("demo/people.py", "_open_account"): "the login library's own note of the address",
    ("site/following/asking.py", "confirm"): "an address kept for mails alone: the trail must keep no copy",
    ("site/following/asking.py", "stop"): "the same",
    ("site/following/telling.py", "_tell_one"): "up to where somebody was told: no record",
    ("site/following/telling.py", "forget"): "followings of what is gone",
    ("site/editorial/bringing_in.py", "*"): "Wagtail's pages have their own log",
    ("site/editorial/chores.py", "keep_calendar"): "Wagtail's pages have their own log",
    ("site/editorial/members.py", "_speak"): "the language of the editor: no record",
    ("site/editorial/members.py", "keep_member"): "the group follows the roles, which have their entries",
    ("site/editorial/models/review.py", "TwoPersonTask.start"): "Wagtail's pages have their own log",
    ("site/editorial/placing.py", "refresh"): "drawn anew from published pages",
    ("site/editorial/reviewing.py", "take_offline"): "Wagtail's pages have their own log",
    ("site/editorial/translating.py", "_begin"): "the same",
    ("site/editorial/translating.py", "save_translation"): "the same",
    ("site/editorial/tree.py", "*"): "the frame in which pages stand, made once",
    ("plan/derive.py", "refresh_actions"): "derived dates and progress, kept true by a hook inside each change",
    ("plan/storing.py", "_remember"): "what was read where: not a change of the record, which has its entry",
    ("plan/actions/codes.py", "retire_code"): "a code that means nothing else from now on; the change has its entry",
    ("plan/actions/contributions.py", "remind"): "when somebody was last reminded, with one entry on the round",
    ("plan/freezing.py", "freeze"): "the parts of a snapshot, which has its entry and never changes again",
    ("reports/jobs.py", "*"): "files in the making: no record",
}


def writes(tree: ast.AST, source: str) -> Iterator[tuple[str, ast.Call]]:
    """(function, call) for each call that writes to the database past records.py."""
    stack: list[tuple[str, ast.AST]] = [("", tree)]
    while stack:
        inside, node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside = f"{inside}.{node.name}".lstrip(".")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node, source):
            yield inside, node
        stack.extend((inside, child) for child in ast.iter_child_nodes(node))


def is_write(call: ast.Call, source: str) -> bool:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr not in WRITES:
        return False
    name, owner = call.func.attr, ast.get_source_segment(source, call.func.value) or ""
    if name in BULK and QUERY.search(owner):
        return True
    if name == "delete" and not call.args and re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", owner):
        return True
    if name in {"save", "asave"} and all(isinstance(arg, ast.Starred) for arg in call.args):
        return True
    if name in TIES and owner.rsplit(".", 1)[-1] in MANY and "." in owner:
        return True
    return name in {"execute", "executemany"} and bool(
        re.search(r"\b(INSERT|UPDATE|DELETE)\b", ast.get_source_segment(source, call) or "")
    )


@cache
def found() -> set[tuple[str, str]]:
    places = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(SOURCE).as_posix()
        for function, _call in writes(ast.parse(source), source):
            places.add((name, "*" if (name, "*") in ALLOWED else function))
    return places


def test_nothing_writes_past_the_door() -> None:
    assert sorted(found() - set(ALLOWED)) == []


def test_the_list_names_nothing_that_is_gone() -> None:
    assert sorted(set(ALLOWED) - found()) == []


def test_the_reader_of_code_knows_a_write_when_it_sees_one() -> None:
    bad = (
        "Action.objects.create(x=1)", "Action.objects.filter(pk=1).update(x=1)", "record.save()", "record.delete()",
        "action.tags.set([])", "person.roles.all().delete()", "Plan.tags.through.objects.bulk_create(rows)",
        "cursor.execute('UPDATE plan_action SET x = 1')", "form.save()", "action.partners.add(unit)",
        "revision.save(update_fields=['content'])",
    )  # fmt: skip
    good = (
        "records.create(Action, {})", "records.update(action, {})", "cache.set(key, 1)", "seen.add(1)", "values.update(x=1)",
        "cursor.execute('SELECT 1')", "book.save(buffer)", "picture.save(buffer, exif=b'')", "Action.objects.filter(pk=1)",
        "node.extra.update(cells)",
    )  # fmt: skip
    assert [code for code in bad if not list(writes(ast.parse(code), code))] == []
    assert [code for code in good if list(writes(ast.parse(code), code))] == []
