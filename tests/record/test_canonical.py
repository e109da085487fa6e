import enum
import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.canonical import NotCanonical, canonical_json, day, digest, instant, new_salt, sha256_hex

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(texts.map(lambda t: unicodedata.normalize("NFC", t)), inner, max_size=4)
    ),
    max_leaves=12,
)


class Colour(enum.StrEnum):
    RED = "red"


class Level(enum.IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"null"),
        (True, b"true"),
        (0, b"0"),
        (-17, b"-17"),
        ("", b'""'),
        ("Größe", '"Größe"'.encode()),
        ("a\u0308", '"ä"'.encode()),
        ('"\\/\b\t\n\f\r\x00\x1f\x7f', b'"\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\x7f"'),
        ([], b"[]"),
        ({}, b"{}"),
        ([1, [2, {"a": None}]], b'[1,[2,{"a":null}]]'),
        ({"b": 1, "a": 2, "Z": 3, "ä": 4}, '{"Z":3,"a":2,"b":1,"ä":4}'.encode()),
        ({"😀": 1, "\uffff": 2}, '{"\uffff":2,"😀":1}'.encode()),  # by code point, not by UTF-16 unit
        (Colour.RED, b'"red"'),
        ({Colour.RED: Level.ONE}, b'{"red":1}'),
    ],
)
def test_each_value_has_exactly_these_bytes(value: object, expected: bytes) -> None:
    assert canonical_json(value) == expected


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (1.0, "float"),
        ({"a": [0, float("nan")]}, r"\$\.a\[1\]: a float"),
        (datetime(2026, 3, 3, tzinfo=UTC), "datetime"),
        (date(2026, 3, 3), "date"),
        (Decimal(1), "Decimal"),
        (b"x", "bytes"),
        ((1, 2), "tuple"),
        ({1, 2}, "set"),
        ({1: "a"}, "key that is a int"),
        ({None: "a"}, "key that is a NoneType"),
        ("\ud800", "lone surrogate at 0"),
        ({"\udc00": 1}, "lone surrogate"),
        ({"ä": 1, "a\u0308": 2}, "both 'ä' in NFC"),
        (2**53, "beyond"),
        (-(2**53), "beyond"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: object, problem: str) -> None:
    with pytest.raises(NotCanonical, match=problem):
        canonical_json(value)


def test_a_circle_is_refused_instead_of_running_away() -> None:
    circle: list[object] = []
    circle.append(circle)

    with pytest.raises(NotCanonical, match="deep"):
        canonical_json(circle)


@given(values)
def test_reading_the_bytes_and_writing_them_again_gives_the_same_bytes(value: object) -> None:
    written = canonical_json(value)

    assert canonical_json(json.loads(written)) == written


@given(
    st.dictionaries(texts.map(lambda t: unicodedata.normalize("NFC", t)), st.integers(0, 9), max_size=6),
    st.randoms(),
)
def test_the_order_of_insertion_does_not_matter(value: dict[str, int], random: object) -> None:
    items = list(value.items())
    random.shuffle(items)  # type: ignore[attr-defined]

    assert canonical_json(dict(items)) == canonical_json(value)


@given(texts)
def test_decomposed_and_composed_text_give_the_same_bytes(text: str) -> None:
    assert canonical_json(unicodedata.normalize("NFD", text)) == canonical_json(
        unicodedata.normalize("NFC", text)
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 3, 17, tzinfo=UTC), "2026-03-03T17:00:00.000000Z"),
        (datetime(2026, 3, 3, 18, 0, 0, 1, tzinfo=ZoneInfo("Europe/Berlin")), "2026-03-03T17:00:00.000001Z"),
        (datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")), "2026-06-30T22:30:00.000000Z"),
        (
            datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T00:30:00.000000Z",
        ),
        (
            datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T01:30:00.000000Z",
        ),
        (datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-5))), "2026-01-01T05:00:00.000000Z"),
        (datetime(800, 1, 1, tzinfo=UTC), "0800-01-01T00:00:00.000000Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_six_decimals(moment: datetime, expected: str) -> None:
    assert instant(moment) == expected


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(NotCanonical, match="time zone"):
        instant(datetime(2026, 3, 3))


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_instants_sort_as_text_like_they_sort_in_time(one: datetime, other: datetime) -> None:
    assert (instant(one) < instant(other)) == (one < other)


def test_a_day_is_written_as_a_day() -> None:
    assert day(date(2026, 3, 3)) == "2026-03-03"


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(NotCanonical):
        day(datetime(2026, 3, 3, tzinfo=UTC))


def test_the_digest_is_sha256_of_salt_and_canonical_json() -> None:
    salt = bytes(range(16))

    assert digest(salt, {"b": 1, "a": "ä"}) == hashlib.sha256(salt + '{"a":"ä","b":1}'.encode()).hexdigest()
    assert digest(memoryview(salt), []) == sha256_hex(salt + b"[]")  # type: ignore[arg-type]  # PostgreSQL hands out memoryviews


@pytest.mark.parametrize("salt", [b"", b"x" * 15, b"x" * 17])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        digest(salt, {})


def test_salts_differ() -> None:
    assert len({new_salt() for _ in range(50)}) == 50
    assert len(new_salt()) == 16


def test_known_digests_never_change() -> None:
    """Published once: if this fails, every digest out there is broken. Mend the code, not the test."""
    body = {
        "format": 1,
        "seq": 1,
        "prev": None,
        "time": "2026-03-03T17:00:00.000000Z",
        "facts": ["öffnen", True],
    }

    assert (
        digest(b"wortlaut-salt-16", body)
        == "8846e1afc1040894436d76bffc8f734ee8e7075dbe60436be20824e6b6a698d3"
    )
