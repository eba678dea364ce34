"""Names as keys to sort by: the database sorts by code point, so the key has to carry the order that people expect."""

import unicodedata

APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


def sort_key(name: str) -> str:
    """`name` in lower case, without accents and with straight apostrophes ("Côte d’Ivoire" -> "cote d'ivoire")."""
    decomposed = unicodedata.normalize("NFKD", name.translate(APOSTROPHES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
