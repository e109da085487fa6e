"""German of our own making: words, terms and texts that behave like those of a real knowledge base.

Everything is drawn from a seeded generator, so that two runs measure the same texts.
"""

from collections.abc import Sequence
from random import Random

FIRST = (
    "Bildungs", "Lern", "Medien", "Schul", "Jugend", "Familien", "Stadtteil", "Gemeinde", "Kreis", "Quartiers",
    "Netz", "Daten", "Geräte", "Kurs", "Werkstatt", "Beratungs", "Förder", "Sprach", "Lese", "Schreib",
    "Spiel", "Film", "Ton", "Bild", "Karten", "Technik", "Software", "Plattform", "Verbund", "Partner",
    "Ehrenamts", "Vereins", "Museums", "Büchereien", "Senioren", "Kinder", "Eltern", "Lehrkräfte", "Projekt", "Zukunfts",
)  # fmt: skip
SECOND = (
    "raum", "angebot", "ort", "plan", "bericht", "verzeichnis", "gruppe", "treffen", "begleitung", "prüfung",
    "konzept", "kompetenz", "landschaft", "zugang", "vertrag", "auftrag", "kreis", "ziel", "woche", "zeichen",
    "brücke", "stelle", "forum", "kasten", "haus",
)  # fmt: skip
NOUNS = (
    "Alltag", "Anfang", "Arbeit", "Aufgabe", "Beispiel", "Blick", "Ergebnis", "Erfahrung", "Frage", "Gespräch",
    "Grund", "Hilfe", "Idee", "Jahr", "Kommune", "Leute", "Menschen", "Mitte", "Möglichkeit", "Nachmittag",
    "Ordnung", "Person", "Rat", "Regel", "Schritt", "Stimme", "Tag", "Tisch", "Übung", "Veranstaltung",
    "Vormittag", "Weg", "Wissen", "Wunsch", "Zeit", "Zusage", "Ämter", "Größe", "Maßnahme", "Öffentlichkeit",
)  # fmt: skip
VERBS = (
    "zeigt", "braucht", "öffnet", "hält", "trägt", "ordnet", "beginnt", "klärt", "verbindet", "begleitet",
    "prüft", "sammelt", "ergänzt", "erklärt", "beschreibt", "fordert", "gelingt", "wächst", "bleibt", "hilft",
)  # fmt: skip
LITTLE = (
    "mit", "über", "ohne", "für", "nach", "vor", "bei", "auf", "durch", "gegen", "und", "oder", "aber", "denn",
    "dort", "heute", "später", "gemeinsam", "selten", "oft", "gut", "genau", "kaum", "gerade", "jede", "viele",
    "neue", "eigene", "offene", "kleine", "gute", "klare", "ruhige", "lange", "kurze", "erste",
)  # fmt: skip
TERMS = tuple(first + second for first in FIRST for second in SECOND)
# A page names this many of the terms, once or twice each.
TERMS_PER_PAGE = 20


def name_of(number: int) -> str:
    """The word of the term with this number; the first one is the term everything is negotiated about."""
    return "digitale Bildung" if number == 0 else TERMS[number % len(TERMS)]


def sentence(draw: Random, words: int, term: str = "") -> str:
    """A sentence of about that many words; with a term, in one of the forms people write it in."""
    inner = [draw.choice((NOUNS, LITTLE, LITTLE)[position % 3]) for position in range(max(words - 2, 1))]
    if term:
        inner[draw.randrange(len(inner))] = draw.choice(
            (term, term, f"{term}s" if term[-1] not in "sngz" else term)
        )
    return f"{draw.choice(LITTLE).capitalize()} {draw.choice(VERBS)} {' '.join(inner)}."


def text(draw: Random, words: int, terms: Sequence[str] = ()) -> str:
    """Sentences with that many words; the terms stand one per sentence at its beginning."""
    sentences, waiting, count = [], list(terms), 0
    while count < words:
        made = sentence(draw, draw.randint(8, 16), waiting.pop() if waiting else "")
        sentences.append(made)
        count += len(made.split())
    return " ".join(sentences)
