"""The table "Words on the page" (design of the interface): what our German does not say, and what it says instead."""

import re

# (what is not said, instead). Case matters: German nouns are capitalised.
NOT_SAID: tuple[tuple[str, str], ...] = (
    (r"\bMandat(?!s?träger)\w*", "Vertretung, Stellvertretung, Zuarbeit, Lesezugang; of a group: Auftrag"),
    (r"\b[Ff]acilitator\w*|\bModerator\w*", "Moderation"),
    (r"\bKonsent\w*|\bKonsens\w*", "Zustimmungsrunde, vereinbarte Fassung"),
    (r"\b(?:m|M)it Vorbehalt\b|\bunter Vorbehalt\b", "mit Bedenken; Gremienvorbehalt only for the committee"),
    (r"\b(?:Ereignis|Änderungs|Prüf)?[Pp]rotokoll(?!iert)\w*", "Chronik; Protokoll only for minutes"),
    (r"\bStimme\b|\bStimmen\b(?! Sie| wir)|\bStimmabgabe\b", "Organisation, Rückmeldung geben"),
    (r"\bPosition(?:en)?\b", "Rückmeldung"),
    (r"\bDissens\w*", "Sondervotum"),
    (r"\b[Kk]onkurrierende\w* Definition\w*", "Definitionen im Vergleich"),
    (r"\b[Ww]ird verhandelt\b|\bin Verhandlung\b", "Wird ausgehandelt"),
    (r"\b[Ii]n Kraft\b", "Gilt seit"),
    (r"\bBenennung\w*", "Auch:, Besser nicht:"),
    (r"\bÜbertragung\b", "In Leichter Sprache, Auf Englisch"),
    (r"\bQuorum\w*", "Mindestbeteiligung"),
    (r"\bAccounts?\b|\bUser\b|\bLogins?\b", "Konto, Person, Anmeldung"),
    (r"\w[*:_]innen\b|\w\*\w", "a neutral word"),
)


def wrong_words(text: str) -> list[str]:
    """Words of the left column in a German text, with what to say instead."""
    found = []
    for pattern, instead in NOT_SAID:
        found += [f"„{match.group()}“ → {instead}" for match in re.finditer(pattern, text)]
    return found
