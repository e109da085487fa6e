"""The one place where German words are folded and reduced to stems; search, finder and everything else ask here.

`fold` makes spellings equal: case, ß and ss, ä and ae. It never makes ä and a equal: "Bürger" would become "Burger".

`stem` makes forms equal. Snowball's German stemmer drops umlauts, so that "Pläne" meets "Plan"; it thereby also throws
"Bürger" at "Burg", "Schüler" at "Schule" and "fördern" at "fordern". Here the umlaut in the last syllable of the stem is
dropped only where an ending of case or number was cut off, or none ("Städte", "Gespräch"). Where more was cut off, it
stays ("Schüler", "Händlerin"); -er and -ern count as number only in the closed class of nouns that form their plural so
("Häuser", "Länder") and after adjectives with an umlaut of their own ("später", "sekundärer").

Snowball's stemmer objects are not safe to share between threads, so each thread has its own.
"""

import re
import threading
from functools import lru_cache
from typing import Final

import Stemmer

from glossary.text.tokens import words
from record.letters import UMLAUTS, casefolded, fold, plain_letters

__all__ = ["STOP_WORDS", "fold", "is_stop_word", "stem", "stems"]

_PLAIN: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_SPELT_OUT: Final = re.compile("(?<![aeiouyäöüq])(ae|oe|ue(?!ll|tt))")
_JOINTS: Final = re.compile("[-\u00ad\u2010\u2011\u200b-\u200d*:_·]")
_LAST_VOWELS: Final = re.compile("(äu|[aeiouyäöü])(?=[^aeiouyäöü]*$)")

# Nouns (as last part of a compound too) with umlaut and -er in the plural; other -er after an umlaut makes a person.
_ER_PLURALS: Final = (
    "ämt äs bäd bänd blätt büch däch denkmäl dörf fäch fäss gläs gräb gräs güt häupt häus hölz hörn hühn kälb kräut lämm länd "
    "löch mäl männ mäul räd ränd schlöss sträuch täl tüch tüm völk wäld würm wört wänd"
)
_ER_PLURAL: Final = re.compile(f"(?:{'|'.join(_ER_PLURALS.split())})$")
_OWNUMLAUTS: Final = re.compile("(?:är|ös|schön|früh|spät|grün|kühl|kühn|müd|bös)$")
_CASE_ENDINGS: Final = frozenset({"", "e", "en", "em", "es", "s", "n", "se", "sen", "ses"})
# Plurals that show by the umlaut alone, as stems with the umlaut kept.
_BARE_PLURALS: Final = (
    "äpfel böden brüder fäden gärten gräben häfen hämmer kästen klöster läden mängel mäntel mütter nägel öfen schäden "
    "schnäbel schwäger töchter väter vögel"
)
_BARE_PLURAL: Final = re.compile(f"(?:{'|'.join(_BARE_PLURALS.split())})[ns]?$")

_STOP_WORDS: Final = """
ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außer bei beim
bereits bevor bin bis bist bzw da dabei dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus
darf darin darüber darum darunter das dass davon davor dazu dein deine dem demnach den denen denn dennoch der deren des
deshalb dessen desto die dies diese diesem diesen dieser dieses doch dort du durch dürfen ebenso ein eine einem einen
einer eines einige einigen einiger einiges er es etwa etwas euch euer eure falls für gegen gegenüber gewesen hab habe
haben hat hatte hatten hier hierzu hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem innerhalb
ins insbesondere ist ja je jede jedem jeden jeder jedes jedoch jene jenem jenen jener jenes kann kein keine keinem keinen
keiner können könnte man manche manchen mehr mein meine mich mir mit muss müssen nach nachdem neben nicht nichts noch nun
nur ob obwohl oder ohne per sehr seid sein seine seinem seinen seiner seines seit sich sie sind so sobald sofern sogar
solche solchem solchen solcher soll sollen sollte sondern sonst soweit sowie sowohl statt trotz über um und uns unser
unsere unserem unseren unserer unter usw viel viele vielen vom von vor während wann war waren warum was weder weil welche
welchem welchen welcher welches wenn wer werden weshalb wie wieder will wir wird wo wobei wodurch wofür worden worin wurde
wurden würde würden z zu zum zur zwar zwischen
"""

_own = threading.local()


def stem(word: str) -> str:
    """The stem of one word, folded: the same for the inflected forms of a German word. Never empty for a non-empty word.

    Hyphens and the marks of gender forms inside the word are dropped: "Medien-Entwicklungsplan" has the stem of
    "Medienentwicklungsplan".
    """
    return _stem(word)


def stems(text: str) -> list[str]:
    """The stems of all words and numbers of the text, in order, without stop words."""
    return [_stem(word) for word, _, _ in words(text) if fold(word) not in STOP_WORDS]


def is_stop_word(word: str) -> bool:
    """True for a word that says nothing about what a text is about."""
    return fold(word) in STOP_WORDS


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    whole = plain_letters(casefolded(word))
    joined = _SPELT_OUT.sub(lambda match: "äöü"["aou".index(match[0][0])], _JOINTS.sub("", whole) or whole)
    reduced = _stemmer().stemWord(joined)
    kept = joined[: len(reduced)]
    if kept.translate(_PLAIN) != reduced:
        return reduced.translate(UMLAUTS) or whole.translate(UMLAUTS)
    if _drops_umlaut(joined, kept):
        kept = _without_last_umlaut(joined, kept)
    return kept.translate(UMLAUTS)


def _drops_umlaut(word: str, kept: str) -> bool:
    """True when only case or number was cut off, so that the umlaut of the last syllable may come from there."""
    ending = word[len(kept) :]
    if ending in _CASE_ENDINGS or _BARE_PLURAL.search(word):
        return True
    return ending in {"er", "ern"} and bool(_ER_PLURAL.search(kept) or _OWNUMLAUTS.search(kept))


def _without_last_umlaut(word: str, kept: str) -> str:
    """The stem with its last vowel made plain: "plän" is "plan", "häus" is "haus"."""
    if _BARE_PLURAL.search(word):
        place = max(kept.rfind(letter) for letter in "äöü")
        return kept[:place] + kept[place:].translate(_PLAIN)
    return _LAST_VOWELS.sub(lambda match: match[0].translate(_PLAIN), kept)


def _stemmer() -> Stemmer.Stemmer:
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("german", 0)
    return _own.stemmer


STOP_WORDS: Final = frozenset(fold(word) for word in _STOP_WORDS.split())
