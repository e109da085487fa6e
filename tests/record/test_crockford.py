import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.crockford import ALPHABET, is_key, normalise_key, random_key


def test_random_keys_are_keys_and_differ() -> None:
    keys = {random_key() for _ in range(500)}

    assert len(keys) == 500
    assert all(is_key(key) for key in keys)


def test_the_alphabet_leaves_out_what_is_misread() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ilou")


@pytest.mark.parametrize(
    "text",
    ["", "7k3m9x2", "7k3m9x2qq", "7K3M9X2Q", "7k3m9x2i", "7k3m9x2u", "7k3m9x2q\n", " 7k3m9x2q", "٧k3m9x2q"],
)
def test_what_is_not_exactly_a_key_is_none(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k3m9x2q", "7k3m9x2q"),
        ("7K3M9X2Q", "7k3m9x2q"),
        (" 7k3m-9x2q ", "7k3m9x2q"),
        ("7k3m–9x2q", "7k3m9x2q"),
        ("OIL0oil1", "01100111"),
        ("\u212ak3m9x2q", "\u212ak3m9x2q"),  # the Kelvin sign stays what it is: no key
    ],
)
def test_a_retyped_key_becomes_the_key_that_was_meant(typed: str, meant: str) -> None:
    assert normalise_key(typed) == meant


@given(st.text())
def test_normalising_a_key_twice_changes_nothing_more(text: str) -> None:
    assert normalise_key(normalise_key(text)) == normalise_key(text)


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_key_is_its_own_normal_form(key: str) -> None:
    assert normalise_key(key) == key
    assert normalise_key(key.upper()) == key
