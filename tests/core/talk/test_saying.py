"""Comments on records: who says, who reads, who is told, and what stays of what is taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senne.core import records
from senne.core.actors import SYSTEM
from senne.core.mailing.models import Notice
from senne.core.models import AuditEntry, Person
from senne.core.policy import Actor, Refused
from senne.core.talk import saying, tidying
from senne.core.talk.models import Comment
from tests.city import TODAY, City, add_contact


def say(city: City, who: str, text: str, action: str = "roads_internal", **more: Any) -> saying.Said:
    return saying.say(city.actions[action], text, actor=city.actor(who), today=TODAY, **more)


def notices(city: City, who: str) -> list[Notice]:
    return list(Notice.objects.filter(person=city.people[who]))


def rename(city: City, who: str, name: str) -> None:
    records.update(city.people[who], {"name": name}, actor=SYSTEM)


def test_colleagues_read_what_is_said_oldest_first(city: City) -> None:
    say(city, "contributor", "premier")
    say(city, "head", "second")
    found = saying.comments_on(city.actions["roads_internal"], actor=city.actor("owner"))
    assert [(c.author.name, c.text) for c in found] == [("Contributor", "premier"), ("Head", "second")]


@pytest.mark.parametrize("who", ["reader", "body_manager", "body_owner"])
@pytest.mark.parametrize("action", ["roads_internal", "roads_public"])
def test_who_does_not_see_what_is_internal_neither_reads_nor_speaks(city: City, who: str, action: str) -> None:
    with pytest.raises(Refused):
        say(city, who, "bonjour", action)
    with pytest.raises(Refused):
        saying.comments_on(city.actions[action], actor=city.actor(who))


def test_a_contact_of_another_house_takes_part(city: City) -> None:
    add_contact(city.actions["roads_internal"], city.people["body_owner"], "contributor")
    assert say(city, "body_owner", "nous aussi").comment.text == "nous aussi"


def test_an_account_without_a_person_does_not_speak(city: City) -> None:
    actor = Actor(user_id=1, grants=SYSTEM.grants)
    with pytest.raises(ValidationError):
        saying.say(city.actions["roads_internal"], "x", actor=actor, today=TODAY)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_nothing_and_too_much_are_refused(city: City, text: str) -> None:
    with pytest.raises(ValidationError) as fault:
        say(city, "head", text)
    assert "text" in fault.value.message_dict


def test_who_is_named_is_told_once_and_never_oneself(city: City) -> None:
    rename(city, "owner", "Hélène Dupont")
    rename(city, "head", "Jan De Smet")
    said = say(city, "head", "@Helene Dupont et moi, @Jan De Smet : @Hélène Dupont ?", tell=[city.people["owner"].pk])
    assert said.told == [city.people["owner"]]
    assert (said.may_not_read, said.nobody) == ([], [])
    notice = Notice.objects.get(kind="mentioned")
    assert notice.person == city.people["owner"]
    assert notice.path == f"/work/actions/CLIMATE/roads-internal/talk/#comment-{said.comment.pk}"
    assert "roads-internal" in notice.title["fr"]
    assert notice.detail["nl"].startswith("Jan De Smet: @Helene")
    assert notices(city, "head") == []


def test_people_chosen_beside_the_text_are_told(city: City) -> None:
    said = say(city, "head", "à voir", tell=[city.people[name].pk for name in ("owner", "contributor")])
    assert [person.name for person in said.told] == ["Owner", "Contributor"]
    assert len(notices(city, "contributor")) == 1


def test_somebody_who_may_not_read_it_is_not_told_and_the_writer_learns_it(city: City) -> None:
    """The reader of the same house is known to the writer, but does not read comments."""
    rename(city, "reader", "Rita Lezer")
    said = say(city, "head", "@Rita Lezer, regarde")
    assert (said.told, said.may_not_read) == ([], [city.people["reader"]])
    assert said.comment.text == "@Rita Lezer, regarde", "nothing is lost"
    assert not Notice.objects.exists()


def test_a_name_of_another_house_is_nobodys_name(city: City) -> None:
    """A head does not learn from an @ who works in a body; the coordination above both knows them."""
    rename(city, "body_owner", "Bart Elders")
    said = say(city, "head", "@Bart Elders ?")
    assert (said.told, said.may_not_read, said.nobody) == ([], [], ["Bart Elders"])
    said = say(city, "coordination", "@Bart Elders ?")
    assert said.may_not_read == [city.people["body_owner"]]


def test_of_two_of_one_name_the_one_who_reads_is_told(city: City) -> None:
    rename(city, "reader", "Jan Peeters")
    rename(city, "owner", "Jan Peeters")
    said = say(city, "head", "@Jan Peeters")
    assert (said.told, said.may_not_read) == ([city.people["owner"]], [])


def test_who_left_is_not_told(city: City) -> None:
    records.update(city.people["owner"], {"name": "Luc Parti", "left_on": TODAY.replace(day=1)}, actor=SYSTEM)
    assert say(city, "head", "@Luc Parti").nobody == ["Luc Parti"]


def test_ones_own_words_may_change_and_the_earlier_ones_stay_readable(city: City) -> None:
    rename(city, "owner", "Hélène Dupont")
    comment = say(city, "head", "avant").comment
    said = saying.reword(comment, "après, @Hélène Dupont", actor=city.actor("head"), today=TODAY)
    comment.refresh_from_db()
    assert (comment.text, comment.earlier[0]["text"]) == ("après, @Hélène Dupont", "avant")
    assert comment.edited_at is not None
    assert said.told == [city.people["owner"]]
    again = saying.reword(comment, "enfin, @Hélène Dupont", actor=city.actor("head"), today=TODAY)
    assert again.told == [], "told already"
    assert [item["text"] for item in comment.earlier] == ["avant", "après, @Hélène Dupont"]
    with pytest.raises(ValidationError):
        saying.reword(comment, "pas moi", actor=city.actor("coordination"), today=TODAY)


def test_two_windows_do_not_overwrite_each_other(city: City) -> None:
    comment = say(city, "head", "un").comment
    saying.reword(comment, "deux", actor=city.actor("head"), today=TODAY, expected_version=1)
    with pytest.raises(records.Conflict):
        saying.reword(comment, "trois", actor=city.actor("head"), today=TODAY, expected_version=1)


def test_what_is_taken_back_is_gone_and_that_it_was_there_stays(city: City) -> None:
    rename(city, "owner", "Hélène Dupont")
    comment = say(city, "head", "secret-zz @Hélène Dupont").comment
    saying.reword(comment, "autre-zz", actor=city.actor("head"), today=TODAY)
    saying.take_back(comment, actor=city.actor("head"))
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.earlier) == ("taken_back", "", [])
    trail = json.dumps(list(AuditEntry.objects.values("label", "changes", "reason")), ensure_ascii=False)
    assert "zz" not in trail
    assert Notice.objects.get().dropped, "no mail goes out any more"
    assert "zz" not in json.dumps(Notice.objects.get().detail)
    verbs = list(AuditEntry.objects.filter(kind="talk.comment").order_by("id").values_list("verb", flat=True))
    assert verbs == ["create", "reword", "take_back"]
    with pytest.raises(ValidationError):
        saying.take_back(comment, actor=city.actor("head"))


def test_the_history_of_the_record_tells_of_it(city: City) -> None:
    comment = say(city, "head", "bonjour").comment
    entry = AuditEntry.objects.get(kind="talk.comment")
    assert (entry.root_kind, entry.root_id) == ("plan.action", city.actions["roads_internal"].pk)
    assert (entry.actor_name, entry.changes["text"]) == ("Head", [None, records.HIDDEN])
    assert entry.record_id == comment.pk


def test_the_coordination_removes_a_comment_with_a_reason(city: City) -> None:
    comment = say(city, "head", "un nom de citoyen").comment
    for who in ("owner", "head"):
        with pytest.raises(Refused):
            saying.remove(comment, "non", actor=city.actor(who))
    with pytest.raises(ValidationError):
        saying.remove(comment, " ", actor=city.actor("coordination"))
    saying.remove(comment, "Un citoyen y est nommé.", actor=city.actor("coordination"))
    comment.refresh_from_db()
    assert (comment.state, comment.text) == ("removed", "")
    assert comment.removed_because == "Un citoyen y est nommé."
    told = notices(city, "head")
    assert [notice.kind for notice in told] == ["answered"]
    assert "Un citoyen" in told[0].detail["fr"]


def test_a_comment_is_settled_and_unsettled(city: City) -> None:
    comment = say(city, "head", "à faire").comment
    saying.settle(comment, True, actor=city.actor("owner"))
    comment.refresh_from_db()
    assert comment.settled_by == city.people["owner"]
    saying.settle(comment, False, actor=city.actor("head"))
    comment.refresh_from_db()
    assert comment.settled_at is None


def test_comments_go_with_what_they_are_about(city: City) -> None:
    kept = say(city, "head", "ici", "roads_public").comment
    say(city, "head", "là")
    records.delete(city.actions["roads_internal"], actor=SYSTEM)
    assert tidying.forget_what_is_about_nothing(actor=SYSTEM) == 1
    assert list(Comment.objects.all()) == [kept]


def test_many_comments_cost_no_more_queries_than_one(city: City) -> None:
    action, actor = city.actions["roads_internal"], city.actor("head")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            [c.author.organisation for c in saying.comments_on(action, actor=actor) for _person in c.told.all()]
        return len(asked)

    say(city, "head", "un", tell=[city.people["owner"].pk])
    queries()
    few = queries()
    for n in range(10):
        say(city, "owner", str(n), tell=[city.people["head"].pk])
    assert queries() == few


def test_the_same_person_is_found_however_the_name_is_composed(city: City) -> None:
    Person.objects.filter(pk=city.people["owner"].pk).update(name="He\u0301le\u0300ne Dupont")
    assert say(city, "head", "@Hélène Dupont").told == [city.people["owner"]]
