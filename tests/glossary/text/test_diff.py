import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.diff import Change, Segment, apply, changes, count, diff, revert
from glossary.text.matching import Block, matching_blocks

WORDS = st.sampled_from(
    ["die", "Bildung", "und", "digitale", "Technik", ",", ".", "–", "5 %", "in", "Schule", "\n\n", "\n", " "]
)
SENTENCES = st.lists(WORDS, max_size=40).map(" ".join)
TEXTS = st.text() | SENTENCES


def marked(a: str, b: str) -> str:
    """The difference as text: [-gone-] {+come+}."""
    frames = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(frames[segment.op].format(segment.text) for segment in diff(a, b))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", ""),
        ("gleich", "gleich", "gleich"),
        ("", "neu", "{+neu+}"),
        ("alt", "", "[-alt-]"),
        ("alt", "neu", "[-alt-]{+neu+}"),
        ("eine Bildung", "eine Bildungen", "eine [-Bildung-]{+Bildungen+}"),
        ("die Bildung hier", "die digitale Bildung hier", "die{+ digitale+} Bildung hier"),
        ("die digitale Bildung hier", "die Bildung hier", "die[- digitale-] Bildung hier"),
        ("Ein Satz.", "Ein Satz!", "Ein Satz[-.-]{+!+}"),
        ("um 5 % mehr", "um 10 % mehr", "um [-5 %-]{+10 %+} mehr"),
        # whole sentences are inserted as whole sentences
        (
            "Sie hilft. Die Stadt zahlt.",
            "Sie hilft. Die Eltern. Die Stadt zahlt.",
            "Sie hilft.{+ Die Eltern.+} Die Stadt zahlt.",
        ),
        # one function word or a comma does not hold two changes apart
        (
            "Menschen und Technik hier",
            "Kinder und Geräte hier",
            "[-Menschen und Technik-]{+Kinder und Geräte+} hier",
        ),
        ("Menschen, Technik hier", "Kinder, Geräte hier", "[-Menschen, Technik-]{+Kinder, Geräte+} hier"),
        # a word that carries meaning does
        ("alte Schule gut", "neue Schule schlecht", "[-alte-]{+neue+} Schule [-gut-]{+schlecht+}"),
        # two mere insertions stay two
        ("Wort und Satz", "Wort neu und Satz neu", "Wort{+ neu+} und Satz{+ neu+}"),
        # never across the border of a paragraph
        ("eins zwei\n\ndie drei", "eins vier\n\ndie fünf", "eins [-zwei-]{+vier+}\n\ndie [-drei-]{+fünf+}"),
        # blanks alone
        ("Satz eins. Satz zwei.", "Satz eins.\n\nSatz zwei.", "Satz eins.[- -]{+\n\n+}Satz zwei."),
        ("Bildung heute", "Neu: Bildung heute", "{+Neu: +}Bildung heute"),
        ("a\n\nb\n\nc", "a\n\nneu\n\nb\n\nc", "a{+\n\nneu+}\n\nb\n\nc"),
        ("a\n\nb\n\nc", "a\n\nc", "a[-\n\nb-]\n\nc"),
    ],
)
def test_a_difference_reads_like_this(a: str, b: str, expected: str) -> None:
    assert marked(a, b) == expected


@settings(max_examples=1500)
@given(TEXTS, TEXTS)
def test_applying_leads_to_the_new_text_and_reverting_to_the_old(a: str, b: str) -> None:
    segments = diff(a, b)

    assert apply(segments, a) == b
    assert revert(segments, b) == a


@settings(max_examples=600)
@given(SENTENCES, st.data())
def test_small_edits_of_a_text_come_back(a: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(a)))
    end = data.draw(st.integers(start, len(a)))
    b = a[:start] + data.draw(SENTENCES) + a[end:]

    segments = diff(a, b)

    assert apply(segments, a) == b
    assert revert(segments, b) == a


@settings(max_examples=600)
@given(TEXTS, TEXTS)
def test_segments_are_never_empty_and_never_two_of_a_kind_in_a_row(a: str, b: str) -> None:
    segments = diff(a, b)

    assert all(segment.text for segment in segments)
    assert all(one.op != next_.op for one, next_ in zip(segments, segments[1:], strict=False))
    assert not any(
        one.op == "insert" and next_.op == "delete"
        for one, next_ in zip(segments, segments[1:], strict=False)
    )


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(a: str) -> None:
    assert count(diff(a, a)) == 0


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_two_texts_that_differ_show_at_least_one_change(a: str, b: str) -> None:
    assert (count(diff(a, b)) > 0) == (a != b)


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_the_list_of_changes_holds_all_that_went_and_came(a: str, b: str) -> None:
    segments = diff(a, b)
    listed = changes(segments)

    assert "".join(c.removed for c in listed) == "".join(s.text for s in segments if s.op == "delete")
    assert "".join(c.added for c in listed) == "".join(s.text for s in segments if s.op == "insert")
    assert len(listed) == count(segments)


def test_segments_of_another_text_are_refused() -> None:
    segments = diff("eins zwei", "eins drei")

    with pytest.raises(ValueError, match="another text"):
        apply(segments, "eins vier")
    with pytest.raises(ValueError, match="another text"):
        revert(segments, "eins zwei")


def test_a_change_names_what_went_what_came_and_where() -> None:
    listed = changes(
        diff("Die Schule legt dafür früh die Grundlage.", "Die Schule legt dafür spät die Grundlage.")
    )

    assert listed == [Change("früh", "spät", "Die Schule legt dafür", "die Grundlage.")]
    assert listed[0].context == "Die Schule legt dafür […] die Grundlage."
    assert not listed[0].only_blanks


def test_a_change_at_the_edge_has_context_on_one_side() -> None:
    (change,) = changes(diff("Wort hier", "Neu hier"))

    assert change.context == "[…] hier"


def test_the_context_ends_at_the_paragraph() -> None:
    (change,) = changes(diff("Vorher.\n\nalt Wort\n\nDanach", "Vorher.\n\nneu Wort\n\nDanach"))

    assert change.context == "[…] Wort"


def test_a_change_of_blanks_alone_says_so() -> None:
    (change,) = changes(diff("a b", "a\n\nb"))

    assert change.only_blanks


def test_hand_made_segments_group_by_place() -> None:
    segments = [
        Segment("insert", "a"),
        Segment("equal", " b "),
        Segment("delete", "c"),
        Segment("insert", "d"),
    ]

    assert [(c.removed, c.added) for c in changes(segments)] == [("", "a"), ("c", "d")]


ITEMS = st.lists(st.sampled_from("abcdef"), max_size=30)


@settings(max_examples=500)
@given(ITEMS, ITEMS)
def test_blocks_match_ascend_and_do_not_touch(a: list[str], b: list[str]) -> None:
    assert_sound(a, b, matching_blocks(a, b))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 2000), st.integers(260, 500))
def test_long_sequences_match_as_soundly(rng: random.Random, alphabet: int, size: int) -> None:
    a = [str(rng.randrange(alphabet)) for _ in range(size)]
    b = list(a)
    for _ in range(rng.randrange(200)):
        b[rng.randrange(len(b))] = str(rng.randrange(alphabet))
    b = b[rng.randrange(50) :] + b[: rng.randrange(50)]

    assert_sound(a, b, matching_blocks(a, b))


def assert_sound(a: list[str], b: list[str], blocks: list[Block]) -> None:
    assert all(size and a[left : left + size] == b[right : right + size] for left, right, size in blocks)
    for one, other in zip(blocks, blocks[1:], strict=False):
        assert one.left + one.size <= other.left
        assert one.right + one.size <= other.right
        assert (one.left + one.size, one.right + one.size) != (other.left, other.right)


def running_text(rng: random.Random, size: int) -> str:
    vocabulary = [f"wort{number}" for number in range(1500)] + ["die", "der", "und", "in"] * 400
    words = [rng.choice(vocabulary) + rng.choice(["", "", "", "", ",", "."]) for _ in range(size)]
    return "\n\n".join(" ".join(words[start : start + 80]) for start in range(0, size, 80))


@pytest.mark.parametrize(("size", "limit"), [(200, 0.02), (5000, 0.6)])
@pytest.mark.parametrize("kept", [0.97, 0.5, 0.0])
def test_comparing_stays_fast_however_much_changed(size: int, limit: float, kept: float) -> None:
    """Measured 2 ms and 45 ms; the limits leave room for a busy machine and still fail on quadratic cost."""
    rng = random.Random(7)
    a = running_text(rng, size)
    b = " ".join(
        word if rng.random() < kept else rng.choice(["die", "neu", "wort1"]) for word in a.split(" ")
    )
    begun = time.process_time()

    segments = diff(a, b)

    assert time.process_time() - begun < limit
    assert apply(segments, a) == b


def test_a_sentence_changed_in_a_long_text_is_one_change() -> None:
    a = running_text(random.Random(3), 3000)
    middle = a.index(" ", len(a) // 2)
    b = f"{a[:middle]} hier neu{a[middle:]}"

    assert [(c.removed, c.added) for c in changes(diff(a, b))] == [("", " hier neu")]
