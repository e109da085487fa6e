"""Writing, editing, deleting and hiding, with every trap of django-comments-xtd named."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from discussion.actions.comments import (
    delete_comment,
    edit_comment,
    hide_comment,
    post_comment,
    restore_comment,
    set_members_only,
)
from discussion.models import Comment
from discussion.queries import comments_on, counts
from discussion.signals import thread_changed
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.models import RecordRow


def texts(topic):
    return list(comments_on(topic).order_by("thread_id", "order").values_list("comment", "level"))


def test_replies_stand_below_what_they_answer_in_order(cast, topic):
    first = post_comment(target=topic, by=cast.bob, text="1")
    answer = post_comment(target=topic, by=cast.erik, text="1.1", parent=first)
    post_comment(target=topic, by=cast.hanna, text="1.2", parent=first)
    post_comment(target=topic, by=cast.bob, text="1.1.1", parent=answer)
    post_comment(target=topic, by=cast.bob, text="2")

    assert texts(topic) == [("1", 0), ("1.1", 1), ("1.1.1", 2), ("1.2", 1), ("2", 0)]


def test_replies_go_three_levels_deep_and_no_deeper(cast, topic):
    comment = post_comment(target=topic, by=cast.bob, text="0")
    for level in (1, 2, 3):
        comment = post_comment(target=topic, by=cast.bob, text=str(level), parent=comment)

    with pytest.raises(Invalid):
        post_comment(target=topic, by=cast.bob, text="4", parent=comment)


def test_trap_reply_is_tied_to_the_object_of_its_parent(cast, topic, other_topic):
    foreign = post_comment(target=other_topic, by=cast.bob, text="dort")

    with pytest.raises(Invalid):
        post_comment(target=topic, by=cast.bob, text="hier", parent=foreign)


def test_trap_bad_parent_leaves_no_orphan_row(cast, topic):
    parent = post_comment(target=topic, by=cast.bob, text="weg")
    ghost = Comment(pk=parent.pk + 1000, thread_id=parent.pk + 1000)

    with pytest.raises(Invalid):
        post_comment(target=topic, by=cast.bob, text="Antwort", parent=ghost)

    assert XtdComment.objects.count() == 1


def test_trap_editing_leaves_counters_and_hidden_replies_alone(cast, topic):
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")
    reply = post_comment(target=topic, by=cast.erik, text="Antwort", parent=root)
    hide_comment(comment=reply, by=cast.gesa)
    before = XtdComment.objects.get(pk=root.pk).nested_count

    edit_comment(comment=root, by=cast.bob, text="Wurzel, besser")

    assert XtdComment.objects.get(pk=root.pk).nested_count == before
    assert not XtdComment.objects.get(pk=reply.pk).is_public


def test_trap_saving_an_existing_comment_is_impossible(cast, topic):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")

    with pytest.raises(TypeError):
        comment.save()


def test_trap_the_library_itself_would_publish_hidden_replies(cast, topic):
    """Negative control: the trap is real, our way round it is what protects us."""
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")
    reply = post_comment(target=topic, by=cast.erik, text="Antwort", parent=root)
    hide_comment(comment=reply, by=cast.gesa)

    Comment.save_base(Comment.objects.get(pk=root.pk))

    assert XtdComment.objects.get(pk=reply.pk).is_public


@pytest.mark.parametrize(
    "name",
    ["comments-xtd-reply", "comments-xtd-confirm", "comments-xtd-mute", "comments-xtd-api-create",
     "comments-post-comment", "comments-url-redirect", "comments-xtd-sent"],
)  # fmt: skip
def test_trap_routes_of_the_library_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=[1])


def test_trap_no_name_address_or_ip_is_stored(cast, topic):
    comment = Comment.objects.get(pk=post_comment(target=topic, by=cast.bob, text="Wort").pk)

    stored = (comment.user_name, comment.user_email, comment.user_url, comment.ip_address)
    assert stored == ("", "", "", None)


def test_hidden_comment_comes_back_alone(cast, topic):
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")
    reply = post_comment(target=topic, by=cast.erik, text="Antwort", parent=root)
    hide_comment(comment=reply, by=cast.gesa)
    hide_comment(comment=root, by=cast.gesa)

    restore_comment(comment=root, by=cast.gesa)

    assert XtdComment.objects.get(pk=root.pk).is_public
    assert not XtdComment.objects.get(pk=reply.pk).is_public


def test_deleting_leaves_a_stone_without_text(cast, topic):
    root = post_comment(target=topic, by=cast.bob, text="Geheimes")
    post_comment(target=topic, by=cast.erik, text="Antwort", parent=root)

    delete_comment(comment=root, by=cast.bob)

    assert texts(topic) == [("", 0), ("Antwort", 1)]


def test_deleted_comment_is_not_restored(cast, topic):
    root = post_comment(target=topic, by=cast.bob, text="Geheimes")
    delete_comment(comment=root, by=cast.bob)

    with pytest.raises(WrongState):
        restore_comment(comment=root, by=cast.gesa)


@pytest.mark.parametrize("act", [hide_comment, delete_comment])
def test_nobody_answers_what_is_gone(cast, topic, act):
    root = post_comment(target=topic, by=cast.bob, text="Wort")
    act(comment=root, by=cast.gesa if act is hide_comment else cast.bob)

    with pytest.raises(Invalid):
        post_comment(target=topic, by=cast.erik, text="Antwort", parent=root)


def test_own_comment_is_edited_within_fifteen_minutes(cast, topic):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        comment = post_comment(target=topic, by=cast.bob, text="Wrot")
        clock.shift(timedelta(minutes=14, seconds=59))

        edit_comment(comment=comment, by=cast.bob, text="Wort")

    assert texts(topic) == [("Wort", 0)]


def test_own_comment_is_not_edited_after_fifteen_minutes(cast, topic):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        comment = post_comment(target=topic, by=cast.bob, text="Wrot")
        clock.shift(timedelta(minutes=15))

        with pytest.raises(NotAllowed):
            edit_comment(comment=comment, by=cast.bob, text="Wort")


@pytest.mark.parametrize("name", ["erik", "dora", "gesa", "admin", "charlie"])
def test_nobody_edits_or_deletes_for_others(cast, topic, name):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    person = getattr(cast, name)

    with pytest.raises(NotAllowed):
        edit_comment(comment=comment, by=person, text="Anderes")
    with pytest.raises(NotAllowed):
        delete_comment(comment=comment, by=person)


@pytest.mark.parametrize("name", ["alice", "bob", "dora", "charlie"])
def test_only_moderators_hide(cast, topic, name):
    comment = post_comment(target=topic, by=cast.erik, text="Wort")

    with pytest.raises(NotAllowed):
        hide_comment(comment=comment, by=getattr(cast, name))


def test_closed_thread_takes_nothing_and_changes_nothing(cast, topic, rules):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    rules.writable = False

    for act in (
        lambda: post_comment(target=topic, by=cast.bob, text="noch eins"),
        lambda: edit_comment(comment=comment, by=cast.bob, text="anders"),
        lambda: delete_comment(comment=comment, by=cast.bob),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_moderators_still_hide_in_a_closed_thread(cast, topic, rules):
    comment = post_comment(target=topic, by=cast.bob, text="Wort")
    rules.writable = False

    hide_comment(comment=comment, by=cast.gesa)

    assert not XtdComment.objects.get(pk=comment.pk).is_public


def test_participants_only_thread_refuses_outsiders(cast, topic):
    set_members_only(target=topic, by=cast.gesa, members_only=True)

    post_comment(target=topic, by=cast.fatma, text="drinnen")
    with pytest.raises(NotAllowed):
        post_comment(target=topic, by=cast.charlie, text="draußen")


def test_same_form_twice_gives_one_comment(cast, topic):
    key = uuid.uuid4()

    first = post_comment(target=topic, by=cast.bob, text="Wort", submission_key=key)
    second = post_comment(target=topic, by=cast.bob, text="Wort", submission_key=key)

    assert first.pk == second.pk
    assert comments_on(topic).count() == 1


def test_other_words_in_a_form_that_was_sent_are_refused_and_not_dropped(cast, topic):
    key = uuid.uuid4()
    first = post_comment(target=topic, by=cast.bob, text="Wort", submission_key=key)

    with pytest.raises(Stale) as refusal:
        post_comment(target=topic, by=cast.bob, text="Anderes Wort", submission_key=key)

    assert refusal.value.current == first
    assert comments_on(topic).count() == 1


def test_form_that_was_sent_elsewhere_is_refused(cast, topic, other_topic):
    key = uuid.uuid4()
    root = post_comment(target=topic, by=cast.bob, text="Wort", submission_key=key)

    with pytest.raises(Stale):
        post_comment(target=other_topic, by=cast.bob, text="Wort", submission_key=key)
    with pytest.raises(Stale):
        post_comment(target=topic, by=cast.bob, text="Wort", parent=root, submission_key=key)


def test_answer_sent_twice_is_one_answer(cast, topic):
    key = uuid.uuid4()
    root = post_comment(target=topic, by=cast.bob, text="Wurzel")

    answers = {
        post_comment(target=topic, by=cast.erik, text="Antwort", parent=root, submission_key=key).pk
        for _click in range(2)
    }

    assert len(answers) == 1


def test_same_words_from_two_forms_are_two_comments(cast, topic):
    post_comment(target=topic, by=cast.bob, text="Wort", submission_key=uuid.uuid4())
    post_comment(target=topic, by=cast.bob, text="Wort", submission_key=uuid.uuid4())

    assert comments_on(topic).count() == 2


def test_counts_leave_out_what_nobody_can_read(cast, topic, other_topic):
    post_comment(target=topic, by=cast.bob, text="da")
    delete_comment(comment=post_comment(target=topic, by=cast.bob, text="weg"), by=cast.bob)

    assert counts(type(topic), [topic.pk, other_topic.pk]) == {topic.pk: 1}


def test_change_is_told_after_commit_only(cast, topic, django_capture_on_commit_callbacks):
    told = []

    def listen(target, **_kwargs):
        told.append(target)

    thread_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(target=topic, by=cast.bob, text="Wort")
        before_commit = list(told)
    thread_changed.disconnect(listen)

    assert before_commit == []
    assert told == [topic]


def test_comments_are_no_acts_of_the_record(cast, topic):
    rows = RecordRow.objects.count()

    post_comment(target=topic, by=cast.bob, text="Wort")

    assert RecordRow.objects.count() == rows
