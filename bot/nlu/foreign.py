"""Which language other than English a message is written in, if any.

py3langid (Lui & Baldwin 2012: langid.py) measures it among the languages that we
have a sentence in. It errs on short and playful English, so a message is never taken
for another language when many of its words stand in our own English examples.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from bot.content.languages import UNKNOWN, Languages, load_languages
from bot.settings import settings

SURE, SURER = 0.9, 0.99
"""The probability from which a message in Latin letters counts as another language, and the
one that it takes when some of its words are English."""
SOME, ENGLISH = 0.2, 0.5
"""The share of English words that is some; and the one from which a message is English."""
OFTEN = 2
"""How often a word must stand in our examples to count as English."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def foreign(text: str) -> Optional[str]:
    """The code of a message's language, or None for English.

    `UNKNOWN` stands for one in letters that none of our languages is written in.

    Args:
        text: what the person typed.
    """
    known, identifier, english = _parts()
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return None
    given_away = [one.code for one in known.languages if set(one.words) & set(words)]
    if len(given_away) == 1 and (len(words) == 1 or _named(identifier, text, 0.0) in given_away):
        return given_away[0]
    share = sum(word in english for word in words) / len(words)
    if share >= ENGLISH:
        return None
    if not _LATIN.search(text):
        return given_away[0] if given_away else _in_its_script(known, identifier, text)
    least = SURE if share < SOME else SURER
    return _named(identifier, text, least) if len(words) > 1 else None


def _in_its_script(known: Languages, identifier: Any, text: str) -> Optional[str]:
    """The language of a text in other letters: the likeliest of those that are written in them."""
    used = _scripts(text)
    written_so = {one.code for one in known.languages if used & _scripts(one.says)}
    if not written_so:
        return UNKNOWN
    ranked = (code for code, _ in identifier.rank(text) if code in written_so)
    return next(ranked, None)


@lru_cache(maxsize=64)
def _scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text other than Latin, as Unicode names them ("BENGALI")."""
    names = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    return frozenset(name.split()[0].split("-")[0] for name in names if name) - {"LATIN"}


def _named(identifier: Any, text: str, least: float) -> Optional[str]:
    code, sure = identifier.classify(text)
    return str(code) if code != "en" and sure >= least else None


@lru_cache(maxsize=1)
def _parts() -> tuple[Languages, Any, frozenset[str]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    data = settings().data
    known = load_languages(data / "languages.yml")
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", *(one.code for one in known.languages)])
    return known, identifier, _english(data)


def _english(data: Path) -> frozenset[str]:
    """The words of our own examples."""
    counted: Counter[str] = Counter()
    for path in (*sorted((data / "nlu").glob("*.yml")), *sorted((data / "safety").glob("*.jsonl"))):
        counted.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
    return frozenset(word for word, times in counted.items() if times >= OFTEN)
