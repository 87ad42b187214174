"""Whether a message asks something, by the shape of its sentences."""

import re

_OPENERS = (
    r"^(?:(?:and|but|so|ok|okay|hi|hey|hello|also|um+|please|wait|right|good|thanks|no|yeah|yes|"
    r"honestly|actually|like|sorry|then|well)[, .]+)*"
)
_SUBJECT = (
    r"(?:i|it|its|that|this|these|those|there|you|he|she|they|we|my|your|his|her|our|their|the|an?|"
    r"any\w*|some\w*|every\w*|all|people|scars|urges|bots?|other|most|no(?:body| one))"
)
_WHO_AND_HOW = (
    r"(?:who|whose|what|what's|where|which|why|how|how's|when's|any|anyone|am|"
    r"when(?= (?:is|are|do|does|did|will|can|should|would|was|were)\b)|"
    r"(?:is|isn't|are|aren't|was|were|has|have)(?! an? \d)(?= " + _SUBJECT + r"\b)|"
    r"(?:is|are)(?= \w+ (?:any|good|bad|okay|ok|normal|safe|free|real|true|worth|common|possible)\b)|"
    r"do(?! (?:it|that|this)\b)|did(?= (?:i|you|he|she|they|we|it|that|any\w*|people)\b)(?! it (?:again|and|but|now))|"
    r"does|doesn't|don't (?:they|you)|can(?!')|can't (?:i|you|we)|could|will|won't|would|should)\b"
)
_WITHIN = (
    r"\b(?:is it|(?:do|does|did|can|could|will|would|should) (?:i|you|we|he|she|they|my|people)|"
    r"(?:does|can|could|will|would|should) it|am i|"
    r"what (?:if|do|is|can|happens|will)|how (?:do|can|long|should|many)|"
    r"(?:wondering|tell me|curious) (?:if|whether|why|how|what|about)|"
    r"is (?:that|this) (?:true|normal|ok|okay|bad|weird|right|allowed)|"
    r"(?:random|quick|another|other|one|last|dumb|stupid|silly|weird|serious) (?:question|q)|"
    r"but (?:is|how|why|what) (?:they|it|i|you|we|people|he|she))\b"
)
_TAG = r"(?:isn't|aren't|doesn't|don't|won't|wasn't) (?:it|i|they|that|he|she)\W*$|\binnit\W*$"
_ASKING = re.compile(f"{_OPENERS}{_WHO_AND_HOW}|{_WITHIN}|{_TAG}")
_ECHO = 4
"""Words up to which a question at the start, with more after it, only repeats what was asked
("the downsides? lying to everyone")."""
_PAUSE = re.compile(r"\.{2,}|…")
_BREAK = re.compile(r"(?<=[.!?])\s+")


def asks(plain: str) -> bool:
    """Whether a normalised text asks something, in whichever of its sentences."""
    parts = [part for part in _BREAK.split(_PAUSE.sub(" ", plain)) if part]
    if len(parts) > 1 and parts[0].endswith("?") and len(parts[0].split()) <= _ECHO:
        parts = parts[1:]
    return any(part.endswith("?") or _ASKING.search(part) for part in parts)


def inquires(plain: str) -> bool:
    """Whether the last sentence is worded as a question and marked as one."""
    last = _BREAK.split(plain)[-1]
    return last.endswith("?") and bool(_ASKING.search(last))
