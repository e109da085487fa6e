"""Is this the same word in another form? The precise check behind the finder, where equal stems only propose.

A stem throws different words together ("Spiel", "Spieler"; "Lehre", "Lehrer"). Here a form must come about by an ending
its kind of word can take:

- nouns: -s, -es, -e, -en by what the word ends in; -er only in the closed class that forms its plural so; an umlaut only
  with a plural ending and never in a noun on -e; -in/-innen, -nis/-nisse, -um/-en and other learned plurals;
- adjectives, participles and nouns made of them ("Jugendliche"): -e, -en, -em, -er, -es;
- English words: -s, -es, -'s, -ies.

No derivation ever counts: "Bildung" is no form of "Bild", "Förderer" none of "Förderung".
"""

import re
import unicodedata
from typing import Final, Literal

from glossary.text.stemming import stem

__all__ = ["WordClass", "comparable", "is_form", "proposed_stems"]

WordClass = Literal["noun", "adjective", "english", "fixed"]

_ADJECTIVE_ENDING: Final = re.compile("(?:e|en|em|er|es)$")
_ADJECTIVE_ENDINGS: Final = frozenset({"", "e", "en", "em", "er", "es"})
_NOMINALISED: Final = re.compile("(?:lich|isch|end|ig|igt|iert|estellt|chsen)(?:e|en|em|er|es)$")
_SHORT: Final = 7
_JOINTS: Final = re.compile("[-\u00ad\u2010\u2011\u200b-\u200d]")
_GENDER_MARKS: Final = re.compile("[:_·]")
_LAST_VOWEL: Final = re.compile("(au|[aouäöüeiy])(?=(?:(?<!e)[^aeiouyäöü]|[^aeiouyäöü])*$)")
_SOFT_SYLLABLE: Final = re.compile("(?<=[^aeiouäöü])e[lrn]$")
_UMLAUT: Final = {"a": "ä", "o": "ö", "u": "ü", "au": "äu"}

_ER_PLURALS: Final = (
    "amt|bad|bild|blatt|brett|buch|dach|denkmal|dorf|fach|fass|feld|geist|geld|geschlecht|gesicht|glas|glied|grab|gras|gut|"
    "haupt|haus|holz|horn|huhn|kind|kleid|korn|kraut|lamm|land|licht|lied|loch|mal|mann|maul|nest|rad|rand|rind|schild|"
    "schloss|strauch|tal|tuch|tum|volk|wald|weib|wort|wurm"
)
_ER_PLURAL: Final = re.compile(f"(?:{_ER_PLURALS})$")
_BARE_PLURAL: Final = re.compile(
    "(?:apfel|boden|bruder|faden|garten|graben|hafen|hammer|kasten|kloster|laden|mangel|mantel|mutter|nagel|ofen|schaden|"
    "schwager|tochter|vater|vogel)$"
)
# What a noun may take, by its end; the first row that fits decides.
_NOUN_ENDINGS: Final = (
    (re.compile("e$"), {"n", "s", "ns"}),
    (re.compile("(?:chen|lein|en|ern)$"), {"s"}),
    (re.compile("(?:er|el)$"), {"s", "n"}),
    (re.compile("(?<!r)(?<!l)in$"), {"s", "nen", "e", "en"}),
    (re.compile("in$"), {"nen", "s", "en"}),
    (re.compile("nis$"), {"se", "sen", "ses"}),
    (re.compile("(?:ung|heit|keit|schaft|ion|tät|ik)$"), {"en", "s"}),
    (re.compile("[aiouy]$"), {"s", "en", "n"}),
    (_ER_PLURAL, {"s", "es", "e", "er", "ern"}),
    (re.compile(""), {"s", "es", "e", "en", "se", "sen", "ses"}),
)
_S_DOUBLES: Final = re.compile("(?<![s])s$")
_LEARNED: Final = (
    ("um", ("en", "a")), ("a", ("en", "ata")), ("us", ("en", "i")), ("is", ("en",)), ("on", ("a", "en")), ("y", ("ies",)),
    ("ma", ("men", "mata")), ("o", ("en", "i")), ("kum", ("ka",)),
)  # fmt: skip


def comparable(word: str) -> str:
    """The word for comparing forms: case-folded, ß as ss, umlauts kept, inner hyphens dropped, gender marks as *."""
    return _GENDER_MARKS.sub("*", _JOINTS.sub("", unicodedata.normalize("NFC", word.casefold())))


def is_form(word: str, form: str, word_class: WordClass, *, backwards: bool = True) -> bool:
    """True when both, as `comparable` gives them, are forms of one word.

    `backwards` also takes a singular for a word given in the plural; without it "schul" is no form of "schule".
    """
    if word == form:
        return True
    if word_class == "noun":
        if _NOMINALISED.search(word) or _NOMINALISED.search(form):
            return _adjective_form(word, form)
        return _noun_form(word, form) or (backwards and _noun_form(form, word, learned=False))
    if word_class == "adjective":
        return _adjective_form(word, form)
    return word_class == "english" and (_english_form(word, form) or _english_form(form, word))


def proposed_stems(word: str, word_class: WordClass) -> set[str]:
    """The stems under which forms of the word may turn up; `is_form` has the last say."""
    found = {stem(word)}
    if word_class == "adjective":
        roots = {word, _ADJECTIVE_ENDING.sub("", word)} if len(word) > 4 else {word}
        found |= {stem(root + ending) for root in roots for ending in _ADJECTIVE_ENDINGS}
        if word.endswith("el"):
            found.add(stem(word[:-2] + "le"))
    elif word_class in {"noun", "english"}:
        found |= {stem(word + "s"), stem(word + "'s")}
        found |= {stem(form) for form in _learned_plurals(word)}
        if word.endswith("in"):
            found.add(stem(word + "nen"))
        if len(word) < _SHORT:  # the stemmer leaves endings on words whose first syllable is open
            found |= {stem(word + ending) for ending in ("e", "es", "en", "er", "ern", "n")}
        if (changed := _umlauted(word)) and not word.endswith("e"):
            found |= {stem(changed + "e"), stem(changed)}
            if _ER_PLURAL.search(word):
                found.add(stem(changed + "er"))
    return found


def _noun_form(base: str, form: str, *, learned: bool = True) -> bool:
    """True when `form` is an inflected form of the noun `base`."""
    if form.startswith(base) and _may_take(base, form[len(base) :]):
        return True
    if learned and form in _learned_plurals(base):
        return True
    if base.endswith("e") or not (changed := _umlauted(base)) or not form.startswith(changed):
        return False
    ending = form[len(changed) :]
    if ending in {"er", "ern"}:
        return _ER_PLURAL.search(base) is not None
    if ending in {"", "n"}:
        return _BARE_PLURAL.search(base) is not None
    return ending in {"e", "en"}


def _may_take(base: str, ending: str) -> bool:
    if ending in {"se", "sen", "ses"} and not _S_DOUBLES.search(base):
        return False
    return next(ending in endings for end, endings in _NOUN_ENDINGS if end.search(base))


def _umlauted(base: str) -> str:
    """The noun with its last full vowel as umlaut; empty when it has none that can be one."""
    head = _SOFT_SYLLABLE.sub("", base)
    match = _LAST_VOWEL.search(head)
    if not match or match[0] not in _UMLAUT:
        return ""
    return head[: match.start()] + _UMLAUT[match[0]] + head[match.end() :] + base[len(head) :]


def _learned_plurals(base: str) -> list[str]:
    return [
        base.removesuffix(end) + new for end, endings in _LEARNED if base.endswith(end) for new in endings
    ]


def _adjective_form(word: str, form: str) -> bool:
    roots = {word, _ADJECTIVE_ENDING.sub("", word)}
    if word.endswith("el"):
        roots.add(word[:-2] + "l")
    return any(
        len(root) > 2 and form.startswith(root) and form[len(root) :] in _ADJECTIVE_ENDINGS for root in roots
    )


def _english_form(base: str, form: str) -> bool:
    if form.startswith(base):
        return form[len(base) :] in {"s", "es", "'s", "’s"}
    return base.endswith("y") and form == base[:-1] + "ies"
