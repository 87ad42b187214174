"""What a person typed, brought to the spelling that the models know.

Disguised spelling (leet, spaced letters, stretched letters, emoji) is common
in talk about self-injury, because platforms filter the plain words. Undoing it
is rule-based and can be read and reviewed here.
"""

import re
import unicodedata
from functools import lru_cache

_EMOJI = {
    "🔪": " knife ",
    "🩸": " blood ",
    "💀": " dead ",
    "☠": " dead ",
    "⚰": " coffin ",
    "🪦": " grave ",
    "💊": " pills ",
    "😭": " crying ",
    "😢": " crying ",
    "🔫": " gun ",
    "👍": " yes ",
    "👎": " no ",
    "❤": " love ",
    "🙏": " please ",
}
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
)
_WORDS = {
    "unalive": "kill",
    "unaliving": "killing",
    "unalived": "killed",
    "sewerslide": "suicide",
    "sewer slide": "suicide",
    "suwerslide": "suicide",
    "kms": "kill myself",
    "kys": "kill yourself",
    "ctb": "kill myself",
    "sh": "self harm",
    "s/h": "self harm",
    "sh'd": "self harmed",
    "shing": "self harming",
    "si": "self injury",
    "s/i": "self injury",
    "nssi": "self injury",
    "idk": "i don't know",
    "idek": "i don't even know",
    "rn": "right now",
    "ngl": "not going to lie",
    "tbh": "to be honest",
    "tbf": "to be fair",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "got to",
    "dunno": "don't know",
    "cant": "can't",
    "dont": "don't",
    "wont": "won't",
    "didnt": "didn't",
    "doesnt": "doesn't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "couldnt": "couldn't",
    "arent": "aren't",
    "hasnt": "hasn't",
    "havent": "haven't",
    "hadnt": "hadn't",
    "wouldnt": "wouldn't",
    "shouldnt": "shouldn't",
    "werent": "weren't",
    "shes": "she's",
    "hes": "he's",
    "theyre": "they're",
    "thats": "that's",
    "whats": "what's",
    "theres": "there's",
    "youre": "you're",
    "youve": "you've",
    "weve": "we've",
    "theyve": "they've",
    "gtg": "got to go",
    "wdym": "what do you mean",
    "nvm": "never mind",
    "idc": "i don't care",
    "thx": "thanks",
    "ty": "thank you",
    "tysm": "thank you so much",
    "brb": "be right back",
    "ttyl": "talk to you later",
    "n": "and",
    "w": "with",
    "cba": "can't be bothered",
    "nite": "night",
    "tonite": "tonight",
    "probs": "probably",
    "prolly": "probably",
    "tho": "though",
    "im": "i'm",
    "ive": "i've",
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "bc": "because",
    "cuz": "because",
    "cos": "because",
    "bf": "boyfriend",
    "gf": "girlfriend",
    "tmrw": "tomorrow",
    "2nite": "tonight",
    "smth": "something",
    "sth": "something",
    "abt": "about",
    "tae": "to",
    "dae": "do",
    "gonnae": "going to",
    "wid": "would",
    "jist": "just",
    "aye": "yes",
    "noo": "now",
    "oot": "out",
    "aboot": "about",
    "doon": "down",
    "roon": "round",
    "heid": "head",
    "hame": "home",
    "masel": "myself",
    "hersel": "herself",
    "himsel": "himself",
    "yersel": "yourself",
    "dinnae": "don't",
    "didnae": "didn't",
    "cannae": "can't",
    "willnae": "won't",
    "isnae": "isn't",
    "wasnae": "wasn't",
    "wisnae": "wasn't",
    "doesnae": "doesn't",
    "hasnae": "hasn't",
    "havenae": "haven't",
    "couldnae": "couldn't",
    "wouldnae": "wouldn't",
    "shouldnae": "shouldn't",
    "suicde": "suicide",
    "sucide": "suicide",
    "suside": "suicide",
    "suiside": "suicide",
    "slef": "self",
    "hrut": "hurt",
    "huting": "hurting",
    "killmyself": "kill myself",
    "selfharm": "self harm",
    "self-harm": "self harm",
    "self-injury": "self injury",
    "self-injure": "self injure",
}
_I_AS_A = re.compile(
    r"\ba (?=(?:want|need|have|tried|wish) to\b|(?:don't|didn't|can't|won't|wasn't|just want)\b)"
)
"""Scots: "a want tae die"."""
_MASKED = [
    (
        re.compile(
            r"\bs[\W_]{0,2}[u*][\W_]{0,2}[i*1!][\W_]{0,2}[c*][\W_]{0,2}[i*1!][\W_]{0,2}[d*][\W_]{0,2}[e*3]"
        ),
        "suicide",
    ),
    (re.compile(r"\bk[*1!i]ll(?=\b|ing|ed)"), "kill"),
    (re.compile(r"\bc\*t(?=\b|s|ting)"), "cut"),
    (re.compile(r"\bh[*a@4]rm(?=\b|ing|ed)"), "harm"),
    (re.compile(r"\bd[*i1!]e\b"), "die"),
    (re.compile(r"\bself[\s\-]*h[\W_]*[a@4*][\W_]*r[\W_]*m"), "self harm"),
]
_SPACED = re.compile(r"(?<!\w)(?:[a-z][ .\-_*]){2,}[a-z](?!\w)")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_LEET_WORD = re.compile(r"(?<!\S)(?=\S*[a-z@$])(?=\S*[0134578@$])[a-z0-9@$]{3,}(?=[\s.,!?]|$)")
_UNIT = re.compile(r"\d+(?:st|nd|rd|th|am|pm|ish|h|hr|hrs|min|mins|m|k|x|yo|yrs?|y|s|mg|kg|g)?$")
_TOKEN = re.compile(r"[a-z/']+(?:-[a-z]+)*")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=64)
def normalise(text: str) -> str:
    """Lower-case, undisguised text; numbers that stand for numbers stay.

    Never raises; an empty text stays empty.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    text = _INVISIBLE.sub("", text)
    for sign, word in _EMOJI.items():
        text = text.replace(sign, word)
    text = _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m[0]) if len(m[0]) > 6 else m[0], text)
    for pattern, word in _MASKED:
        text = pattern.sub(word, text)
    text = _LEET_WORD.sub(lambda m: _unleet(m[0]), text)
    text = _STRETCHED.sub(r"\1", text) if _STRETCHED.search(text) else text
    text = _TOKEN.sub(lambda m: _WORDS.get(m[0], m[0]), text)
    text = _I_AS_A.sub("i ", text)
    return _SPACE.sub(" ", text).strip()


def _unleet(word: str) -> str:
    return word if _UNIT.match(word) else word.translate(_LEET)
