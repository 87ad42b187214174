"""Reading an answer to one of our own questions: a rating, a number of minutes, a choice."""

import re
from typing import Optional

_NUMBER_WORDS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
}  # fmt: skip
_DEGREES = (
    (10, r"unbearable|worst|through the roof|off the (?:scale|charts?)|max(?:ed|imum)?|as bad as it gets|can't take it"),
    (8, r"(?:really|very|so|super|pretty) (?:bad|strong|high|intense|hard)|overwhelming|intense|huge|massive|awful|horrible|terrible"),
    (5, r"medium|middle|moderate|average|half ?way|in between|so so|meh|not (?:too|that) bad|bearable|manageable"),
    (3, r"(?:a )?(?:little|bit)|mild|low|small|slight(?:ly)?|weak|faint|not (?:much|very|strong)|okay|ok|fine"),
    (7, r"bad|strong|high|a lot|hard"),
    (0, r"gone|none|nothing|not at all|no urge|it passed|it's over|zero"),
)  # fmt: skip
FEW_WORDS = 4
"""Words up to which "one" is the number."""
MOST_WORDS_RATED = 9
"""Words up to which "really bad" in a message is a rating."""
_DEGREE_PATTERNS = [(value, re.compile(rf"\b(?:{words})\b")) for value, words in _DEGREES]
_NUMBER = re.compile(r"(?<![\w.])(\d{1,3})(?:\.(\d))?(?:ish)?(?:\s*(?:/|out of)\s*10)?(?![\w])")
_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:m|min|mins|minutes?)?\b")


def ratings(plain: str) -> list[int]:
    """Every rating from 0 to 10 in a normalised text, in order.

    "8ish" is 8, "7 or 8" gives both, "9.5" is rounded down, "10/10" is 10, a
    number above 10 is none (it is an age, a time, a year).
    """
    if len(plain.split()) > FEW_WORDS:  # "one side of me", "this one": no rating
        plain = re.sub(r"\bone\b(?! out of)", "", plain)
    text = re.sub(
        r"\b(" + "|".join(_NUMBER_WORDS) + r")(?:ish)?\b",
        lambda m: str(_NUMBER_WORDS[m[1]]),
        plain,
    )
    return [int(m[1]) for m in _NUMBER.finditer(text) if int(m[1]) <= 10]


_FILLER = re.compile(
    r"^(?:(?:ok|okay|fine|well|um+|erm?|right|yeah|no)[,. ]+(?:and |so |then )?)+(?=\w)"
)


def rating(plain: str) -> Optional[int]:
    """One rating from 0 to 10: the last number, else what the words say, else None."""
    numbers = ratings(plain)
    plain = _FILLER.sub("", plain)
    if numbers:
        return numbers[-1] if len(numbers) < 3 else max(numbers)
    if len(plain.split()) > MOST_WORDS_RATED:
        return None
    return next((value for value, pattern in _DEGREE_PATTERNS if pattern.search(plain)), None)


def minutes(plain: str) -> Optional[int]:
    """A number of minutes, 1 to 60, or None."""
    text = re.sub(
        r"\b(" + "|".join(_NUMBER_WORDS) + r")\b",
        lambda m: str(_NUMBER_WORDS[m[1]]),
        plain,
    )
    found = _MINUTES.search(text)
    return int(found[1]) if found and 1 <= int(found[1]) <= 60 else None


def choice(plain: str, options: dict[str, list[str]]) -> Optional[str]:
    """The option whose words stand in the text, or None; the longest match wins.

    Args:
        plain: normalised text.
        options: for each option the words and phrases that mean it.
    """
    best, length = None, 0
    for name, phrases in options.items():
        for phrase in [name.replace("_", " "), *phrases]:
            if len(phrase) > length and says(plain, phrase):
                best, length = name, len(phrase)
    return best


def says(plain: str, phrase: str) -> bool:
    """Whether whole words stand in a normalised text."""
    return bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", plain))


_ORDER = (
    (0, r"first(?: one)?|1st|number one|option (?:one|1|a)|the top one"),
    (1, r"second(?: one)?|2nd|number two|option (?:two|2|b)|the middle one"),
    (2, r"third(?: one)?|3rd|number three|option (?:three|3|c)"),
    (-1, r"last one|the last|bottom one"),
)
_ORDER_PATTERNS = [
    (n, re.compile(rf"^(?:\W*\w+){{0,4}}?\W*\b(?:{words})\b(?:\W*\w+){{0,3}}\W*$"))
    for n, words in _ORDER
]


def nth(plain: str, options: list[str]) -> Optional[str]:
    """The option that a short text names by its place ("the first one i suppose"), or None."""
    for place, pattern in _ORDER_PATTERNS:
        if pattern.search(plain) and -len(options) <= place < len(options):
            return options[place]
    return None


_LEAD = r"^(?:(?:um+|uh+|er+|erm|well|oh|ah|hmm+|so|honestly|tbh|i guess|actually|haha|lol)[, .]+)*"
_YES = re.compile(
    _LEAD
    + r"(?:yes|yeah|yea|yep|yup|yh|ye|ya|sure|ok(?:ay)?|please|definitely|of course|absolutely|"
    r"i (?:do(?! (?:it|this|that|not))|am(?! not)|would|think so|guess so|suppose so)|go on(?: then)?|alright|a bit|a little|kind of|"
    r"kinda|sort of|sorta|maybe)\b"
)
_NO = re.compile(
    _LEAD
    + r"(?:no|nope|nah|naw|not (?:really|now|at all|today|yet|that i know)|never|don't think so|"
    r"i don't(?! know)(?: think so)?|i(?:'m| am) (?:okay|ok|fine|alright|"
    r"not(?! (?:ok|okay|safe|sure|well|good|fine|alright|able|coping|doing|really coping)))|none|nothing)\b"
)


_FILLS = re.compile(_LEAD + r"(?:ok(?:ay)?|sure|please|alright|go on|maybe)\b")


_SAFE = re.compile(
    r"^(?:\W*(?:yes|yeah|yep|yh|no|nah|nope|ok|okay|honestly|i think|i'm fine)\b\W*)*"
    r"(?:i'm|i am|we're) (?:totally |perfectly |really |all |quite )?(?:safe|ok|okay|fine|alright|right|good)\b"
    r"(?!.*\b(?:die|dying|dead|death|kill\w*|suicid\w*|gone|not (?:be )?here|end (?:it|my|things)|ending)\b)"
)


def says_safe(plain: str) -> bool:
    """Whether an answer about danger says "I'm safe", with or without a yes before it."""
    return bool(_SAFE.match(plain))


def yes_or_no(plain: str, grave: bool = False) -> Optional[str]:
    """Whether a normalised text begins with a "yes" or a "no", or None.

    Args:
        plain: the text.
        grave: whether a life hangs on it; then "ok, carry on" is no "yes".
    """
    if _NO.match(plain) or (grave and says_safe(plain)):
        return "no"
    if grave and _FILLS.match(plain):
        return None
    return "yes" if _YES.match(plain) else None
