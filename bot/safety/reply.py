"""How an answer to our own question ("are you thinking about suicide?") is read."""

import re

from bot.nlu.answers import says_safe
from bot.safety.verdict import CALM, Label, Verdict

BESIDE, IN_WALK = "beside", "in_walk"
"""Where our safety question stood: beside an answer, or as a step of a walk."""

_YES = re.compile(
    r"^(?:(?:um+|uh+|well|er+|honestly|i guess|tbh|to be honest)[, ]+)*"
    r"(?:yes|yeah|yea|yep|yup|ye|ya|y|yh|i am(?! not)|i do(?! (?:it|this|that|not|n't))|i have(?! (?:not|no|never))|i think so|i guess so|guess so|suppose so|"
    r"definitely|probably|absolutely|always|all the time|every (?:day|night)|of course|"
    r"a (?:bit|little|lot)|kind of|kinda|sort of|sorta|maybe|perhaps|sometimes|most days|often|"
    r"thinking about it|both|it's crossed my mind|crossed my mind|(?:i don't know|not sure|idk)(?=(?:\W+\w+){0,3}\W*$))\b"
)
_NO = re.compile(
    r"^(?:(?:um+|uh+|well|er+|honestly|i guess)[, ]+)*"
    r"(?:no(?! (?:one|body|point|reason|hope|way|future|use|more|longer|need to))|nope|nah|not (?:really|right now|now|at all|tonight|today|like that)|never(?! mind)|"
    r"i(?:'m| am) not(?! (?:ok|okay|safe|sure|well|good|fine|alright|able|coping|doing|here|"
    r"going to (?:be|make|wake|see|live|last|need|get|cope|survive|bother)))|"
    r"definitely not|don't think so|i don't(?=\W*$| think so| have| feel| at all| really)|just (?:the pain|want it to stop))\b"
)
_DOUBT = re.compile(r"\b(?:but|though|sometimes|maybe|kind of|sort of|not yet|for now|anymore)\b")


def answer_to_safety_question(plain: str, recent: Verdict, about: Label = "crisis") -> Verdict:
    """What an answer adds to what was known.

    Args:
        plain: the answer, normalised.
        recent: the most urgent verdict of the last few turns.
        about: the kind of danger that the question was about.

    A denial after a real warning sign does not cancel it (the VERA-MH rubric):
    the level then stays at `check_in`, so that we come back to it later.
    """
    if names_a_time(plain):
        return Verdict("crisis", about, 0.9)
    if is_denial(plain):
        if _DOUBT.search(plain) or recent.level == "crisis":
            return Verdict("check_in", about, max(0.4, recent.score * 0.5))
        return CALM
    if _YES.match(plain) and not says_safe(plain):
        return Verdict("crisis", about, 0.9)
    return CALM


def is_denial(plain: str) -> bool:
    """Whether an answer to the safety question says no."""
    return (bool(_NO.match(plain)) or says_safe(plain)) and not names_a_time(plain)


_NOT_YET = re.compile(
    r"\bnot (?:yet|now|right now|just yet|this (?:very )?(?:minute|second|moment))\b(?:\W+\w+){0,3}?\W+"
    r"(?:tonight|tomorrow|later|soon|maybe|perhaps|after|when|once|"
    r"(?:on|at|in|this|next) (?:the )?(?:\w+day|night|weekend|week|month|morning|evening|end))\b"
    r"|^(?:(?:maybe|perhaps|probably|well|um+)[, ]+)*(?:tonight|tomorrow(?: night)?|soon)\b"
    r"(?:\W+(?:maybe|perhaps|probably|i think|yes))*\W*$"
)


def names_a_time(plain: str) -> bool:
    """Whether an answer about danger to life puts it off and takes nothing back ("not now, tonight")."""
    return bool(_NOT_YET.search(plain))


MOST_WORDS_OF_A_NO = 7
_OF_SAFETY = re.compile(
    r"\b(?:suicid\w*|di(?:e|ed|ying)|dead|death|kill\w*|end|life|live|living|hurt\w*|harm\w*|danger\w*|"
    r"safe\w*|thoughts?|thinking|like that|that way|it to stop|plan\w*|pain)\b"
)


def answers_with_no(plain: str) -> bool:
    """Whether a text is a "no" to the safety question and not to something else.

    "No, I don't want to write it, I'd say it face to face" answers what was asked beside it.
    """
    return is_denial(plain) and may_be_no(plain)


def may_be_no(plain: str) -> bool:
    """Whether a text is short, or speaks of safety, so that a "no" in it is about that."""
    return len(plain.split()) <= MOST_WORDS_OF_A_NO or bool(_OF_SAFETY.search(plain))


_DENIES_DYING = re.compile(
    r"\b(?:not|wasn't|isn't|aren't) (?:\w+ )?(?:going to|trying to|looking to|wanting to|planning to|about to|thinking of) "
    r"(?:\w+ )?(?:kill(?:ing)? (?:my|him|her|them)\w*|die|dying|end(?:ing)? (?:it|my life|his life|her life)|top my ?self)\b"
    r"(?! (?:yet|until|till|unless))|\b(?:not|isn't|aren't|wasn't|denies being) (?:\w+ )?suicidal\b"
    r"|\b(?:no|nothing|not|don't|do not|doesn't|never) (?:\w+ ){0,2}?"
    r"(?:wish|idea|plans?|thoughts?|intention|desire|like|want|wanting|wants|wanna|thinking) "
    r"(?:(?:to|of|for|about|like|just|any|wanting) ){0,2}?"
    r"(?:die|dying|death|suicide|kill(?:ing)? (?:my|him|her|them)\w*)\b(?! (?:yet|until|till|unless))"
)


def without_denied_death(plain: str) -> str:
    """A text without its plain denials ("I'm not suicidal", "not trying to die").

    The rest of it is what may still be a sign; a text that is left as it was denies nothing.
    """
    return _DENIES_DYING.sub("", plain)


_TO_KNOW = re.compile(
    r"^(?:(?:and|but|so|ok|okay|hi|hello|sorry|well|then)[, ]+)*(?:please )?"
    r"(?:how (?:do|will|would|can|could|should) (?:i|we|you|one) (?:know|tell|see)|"
    r"when (?:is|does|do|should|would)|what (?:are|is) the (?:signs?|difference|line))\b"
)


def wants_to_know(plain: str) -> bool:
    """Whether a text asks how an emergency is told, and tells of none; a sign in it still counts."""
    return bool(_TO_KNOW.match(plain))


_SUPPOSED = re.compile(r"\b(?:like )?if (?:she|he|they)\b[^.?!,;]*")


def without_supposed(plain: str) -> str:
    """A text that asks how an emergency is told, without what it supposes ("if she wants to die")."""
    return _SUPPOSED.sub("", plain) if wants_to_know(plain) else plain


_REFUSES_CALL = re.compile(
    r"\b(?:don't|do not|can't|cannot|won't|not|never|hate|scared (?:of|to)|afraid (?:of|to)|too scared|rather not)\b"
    r"(?: \w+){0,3} (?:call(?:ing)?|ring(?:ing)?|phone|phoning|talk(?:ing)?|speak(?:ing)?)\b"
    r"|\bno (?:one|body|point)(?: \w+){0,2} (?:call|ring)\b"
    r"|^(?:(?:but|sorry|please|nah|no)[, ]+)*no (?:phone|calls?|calling|ringing|phoning|voice)\b"
    r"|\b(?:i'm|i am|am|said|being) (?:\w+ )?(?:deaf|mute|non ?verbal|hard of hearing|hearing impaired)\b"
    r"|\b(?:is|it's|are) (?:only |all )?(?:voice|calls|by phone)\b"
    r"|\bnot (?:so |very )?good (?:for|on|at|with) (?:the )?(?:tele)?(?:phone|calls?)\w*"
)
_WORSE = re.compile(
    r"\b(?:took|taken|tablets?|pills?|overdos\w*|blood|bleed\w*|unconscious|breath\w*|jump\w*|kill\w*|"
    r"sleepy|drowsy|barely (?:awake|there|conscious)|passed out|can't wake|limp|"
    r"die|dead|dying|worse|won't|nobody|no one|knife|blade|razor|gun|rope|bridge|roof|threat\w*|"
    r"goodbye|sorry|can't (?:do|take|go on)|always love|lov(?:es|ed) (?:me|us|you))\b"
)
_PRESENT = re.compile(
    r"\bambulance(?:'s| is| are| has| just)* (?:here|there|going|coming|arrived|on (?:its|the|their) way|got|taken)\b|"
    r"\b(?:999|112|911|000|111|988|police|ambulance|paramedics|they)(?: is| are|'s|'re) (?:sending|on the way)\b|"
    r"\b(?:talked|got|brought|coaxed) (?:him|her|them) (?:out|down|back)\b(?! of (?:it|going|calling|the house))|"
    r"(?:\b(?:is|are)|'s) (?:sat |sitting |here |right |now |just )?"
    r"(?:with (?:me|us|him|her|them)|next to me|beside (?:me|him|her|them)|here now|here with me|on (?:his|her|its|their|the) way|home now|safe now|"
    r"(?:driving|taking|bringing|walking) (?:me|us|him|her|them)|bringing the car)\b"
    r"|\b(?:mum|mom|mam|dad|sister|brother|friend|flatmate|housemate|roommate|partner|wife|husband|boyfriend|girlfriend|bf|gf|neighbour|neighbor)"
    r"(?:'s| is) here\b"
    r"|\b(?:picked (?:me|him|her|them) up|(?:found|find) (?:him|her|them)|is alive|(?:in|at|of) (?:the |a )?hospital|safe now|"
    r"(?:have|has|got) (?:him|her|them) now|(?:taking|taken) (?:me|him|her|them)|"
    r"took (?:me|him|her|them) (?:in|to)|with (?:me|him|her|them) now)\b"
)
"""Somebody is there, or on the way."""
_IN_TOUCH = re.compile(
    r"\bi(?:'ve| have)?(?: just)? told (?!you\b)|"
    r"\b(?:have|got) (?:them|him|her|somebody|someone|people) on (?:the )?(?:phone|line|speaker)\b|"
    r"^(?:ok(?:ay)?[, ]+)?(?:just )?(?:rang|called|phoned|texted) (?:them|the|an?|999|112|911|000|988|my)\b|"
    r"\b(?:i|i've|i'm|we|we're|they|they've|he|she|she's|he's|mum|mom|mam|dad|sister|brother|friend|wife|husband|partner)(?: have| am| are| just| now)* "
    r"(?:texted|texting|called|calling|rang|rung|ringing|phoned|phoning|messaged|wrote to|talking to|"
    r"on the phone|chatting|wrote back|answered|picked up|came|coming|comes)\b"
    r"|\bsent it\b"
)
"""Somebody has been written to, called or told."""
_IN_VAIN = re.compile(
    r"\b(?:rings? (?:and rings?|out)|ringing out|hung up|hang up|engaged|busy|voice ?mail|on hold|no (?:reply|answer)|"
    r"(?:leave|left) (?:me|her|him|them) alone|told me to|don't feel safe|not safe|drunk|last (?:time|words?)|good ?night|good ?bye|it to be over|be over)\b"
)
"""Words after which it was in vain, or no help at all."""


_EASED = re.compile(
    r"\b(?:calmer|calmed|(?:feel|feeling|felt|bit|little|lot|much) better|eased|(?:was|were) (?:so |really |actually |quite |very )?(?:nice|kind|lovely|decent|good)|"
    r"(?:talked|spoke|chatted) (?:to|with)|alright (?:for )?(?:tonight|now)|ok(?:ay)? (?:for )?(?:tonight|now)|"
    r"(?:she|he|they)(?:'s| is|'re| are) (?:all )?(?:ok|okay|fine|safe|alright|right)|saved the number|(?:i'm|i am|we're|we are) (?:back )?home|"
    r"(?:home|back) from (?:the )?(?:hospital|a&e|a and e|er|emergency)|discharged|got seen)\b"
)


def has_eased(plain: str) -> bool:
    """Whether an answer to crisis help says that the worst is over for now."""
    return bool(_EASED.search(plain)) and not _WORSE.search(plain)


_WORDS = re.compile(
    r"\bwhat (?:do|should|would|can|does) (?:i|you|one) (?:even |actually )?"
    r"(?:write|text|say|type|put|tell)\b"
)


def asks_for_words(plain: str) -> bool:
    """Whether an answer to crisis help asks what to write or say to those it named."""
    return bool(_WORDS.search(plain))


def refuses_call(plain: str) -> bool:
    """Whether an answer to crisis help says that calling is too much."""
    return bool(_REFUSES_CALL.search(plain))


def is_with_somebody(plain: str) -> bool:
    """Whether an answer to crisis help says that somebody is there, or on the way."""
    return bool(_PRESENT.search(plain)) and not _in_vain(plain)


def is_in_touch(plain: str) -> bool:
    """Whether an answer to crisis help says that somebody has been written to, called or told."""
    return bool(_IN_TOUCH.search(plain)) and not _in_vain(plain)


def _in_vain(plain: str) -> bool:
    found = _WORSE.search(plain) or _REFUSES_CALL.search(plain) or _IN_VAIN.search(plain)
    return found is not None
