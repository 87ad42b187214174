"""Reading a coping report: what was tried, the urge before and after, and whether it helped."""

import re
from typing import Any, Optional

from bot.nlu.answers import ratings
from bot.nlu.language import english
from bot.nlu.normalise import normalise

_TRY = {"try", "do", "use", "start", "attempt", "go", "have", "take", "put", "play", "watch",
        "listen", "draw", "write", "call", "text", "ring", "walk", "run", "read", "breathe", "sing",
        "dance", "clean", "bake", "cook", "knit", "journal", "paint", "shower"}  # fmt: skip
_CARRIES = {"try", "do", "use", "start", "attempt", "have", "go"}
_WORSE = re.compile(r"\b(?:worse|made it worse|higher|stronger)\b")
_NO_HELP = re.compile(
    r"\b(?:didn't|did not|doesn't|don't|not|no|never)\b(?: \w+){0,3} \b(?:help|work|use|good|better|touch|change|difference)\w*"
    r"|\b(?:useless|pointless|waste of time|rubbish|nothing changed|no difference|still (?:the same|an? \d+|there))\b"
)
_HELPED = re.compile(
    r"\b(?:help(?:ed|s)?|work(?:ed|s)?|better|calmer|easier|eased|passed|went down|lower|settled|good)\b"
)
_DOWN = re.compile(r"\b(?:down|dropped|fell|went|now|to|after)\b")
_TRAILING = re.compile(
    r"\s*\b(?:and|but|so|because|instead|again|today|yesterday|last night|tonight|just now|this morning|"
    r"earlier|for a bit|for a while|like you said|like u said|it|which|that|when|while|was|from)\b.*$"
)


def read_report(text: str) -> dict[str, Any]:
    """The parts of a coping report that a message holds.

    Returns:
        `what` (str or None), `before` and `after` (0 to 10 or None), `change`
        ("helped", "no_help" or None).
    """
    plain = normalise(text)
    before, after = _ratings(plain)
    return {
        "what": _what(plain),
        "before": before,
        "after": after,
        "change": _change(plain),
    }


_CORRECTS = re.compile(
    r"\b(?:i meant|i mean|meant to say|sorry,? (?:no|nah)|(?:no|nah),? sorry|no,? wait|wait,? (?:no|nah)|"
    r"actually,? (?:no|nah)|(?:tell|told) you wrong|but (?:it's|its|is|it was) more like|typo|(?:fat|wrong) (?:thumbs?|finger|number|key)|not \d+|correction)\b"
)
_INSTEAD_OF = re.compile(
    r"\b(?:not|instead of|rather than|i (?:wrote|said|put|typed)) (?:an? )?\d+\b"
)


def correction(text: str) -> list[int]:
    """The rating after, or those before and after, that correct what was said ("I meant 3 not 5")."""
    plain = normalise(text)
    if not _CORRECTS.search(plain):
        return []
    return ratings(_INSTEAD_OF.sub(" ", plain))[-2:]


def means_before(text: str) -> bool:
    """Whether a single rating that corrects another is that from before the try."""
    return bool(re.search(r"\b(?:before|beforehand|at first|to start|started)\b", normalise(text)))


_A_NUMBER = r"(?:\d|zero|one|two|three|four|five|six|seven|eight|nine|ten)"
_RATED_NOW = re.compile(
    r"\b(?:it's|its|the urge is|down to|i'm at|more like|now)\W+(?:\w+\W+){0,2}"
    rf"{_A_NUMBER}(?:ish)?\W*(?:now\b|$|[.,;])|{_A_NUMBER}(?:ish)?(?: right)? now\b"
)


def rated_now(text: str) -> Optional[int]:
    """The one rating in a message that says how strong the urge is by now ("it's like a 4 now")."""
    plain = normalise(text)
    found = _RATED_NOW.search(plain)
    told = ratings(found[0]) if found else []
    return told[0] if len(told) == 1 else None


def _ratings(plain: str) -> tuple[Optional[int], Optional[int]]:
    without_durations = re.sub(
        r"\b\d+\s*(?:min|minute|hour|hr|day|week|time|km|mile|page|x)\w*"
        r"|\b(?:two|three|four|five|six|\d+) (?:attempts|tries|things|goes|times)\b",
        "",
        plain,
    )
    without_durations = re.sub(r"\bone\b", "", without_durations)  # "logging one", "this one"
    found = ratings(without_durations)
    if len(found) >= 2:
        return found[0], found[-1]
    if len(found) == 1:
        is_after = re.search(
            rf"\b(?:now|down to|it's|still|to)\b[^.]*\b{found[0]}", without_durations
        )
        return (None, found[0]) if is_after else (found[0], None)
    return None, None


def _change(plain: str) -> Optional[str]:
    if _WORSE.search(plain) or _NO_HELP.search(plain):
        return "no_help"
    return "helped" if _HELPED.search(plain) else None


_NAMED = re.compile(
    r"^(?:also|and|then)?\s*([a-z][a-z' ]{1,40}?)(?: also| too| again)?\s*:\s*(?:from )?\d"
)
"""A note in short: "sauna also: 4 to 2"."""


_LISTED = re.compile(
    r"(?:^|[.;] ?)(?:first|second|third|fourth|next|last)(?: one)?[:,] *"
    r"([a-z][a-z' ]{2,50}?)[,.:;]? (?:it )?(?:was |went |from )?(?:before )?\d"
)
"""One of several: "second: counting rivets. before 7, after 7"."""


def _what(plain: str) -> Optional[str]:
    named = _NAMED.match(plain) or _LISTED.search(plain)
    if named:
        return named[1].strip()
    doc = english()(plain)
    for token in doc:
        if token.lemma_ not in _TRY or token.dep_ in ("aux", "auxpass"):
            continue
        if token.lemma_ in _CARRIES:
            # "tried on my break" says when, "went for a walk" what
            takes = ("dobj", "xcomp", "ccomp", "attr", *(("prep",) if token.lemma_ == "go" else ()))
            parts = [c for c in token.children if c.dep_ in takes]
            if parts:
                phrase = _phrase(doc, min(p.left_edge.i for p in parts), parts[-1].right_edge.i)
                if phrase:
                    return phrase
        elif token.pos_ == "VERB" or token.tag_ == "VBG":
            return _phrase(doc, token.i, token.right_edge.i)
    subject = next(
        (t for t in doc if t.dep_ == "nsubj" and t.pos_ in ("NOUN", "PROPN", "VERB")),
        None,
    )
    return _phrase(doc, subject.left_edge.i, subject.right_edge.i) if subject is not None else None


def _phrase(doc: Any, start: int, end: int) -> Optional[str]:
    text = _TRAILING.sub("", doc[start : end + 1].text.split(",")[0]).strip(" .!?-")
    text = re.sub(r"^(?:(?:to|for|the|a|an|some|my|doing|that|your|this)\s+)+", "", text)
    words = text.split()[:6]
    return (
        " ".join(words)
        if words and words[0] not in ("it", "that", "this", "them", "nothing")
        else None
    )
