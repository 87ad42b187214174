"""What a message means to the question that was asked: an answer, a wish, or a detour."""

import re
from collections.abc import Collection
from typing import Any, Optional

from bot.conversation.answering import (
    FEW,
    Heard,
    answer_to,
    entity,
    is_bare_number,
    pressed_option,
    rating_instead,
)
from bot.conversation.detours import (
    CONTROL_INTENTS,
    SHORT,
    belongs_elsewhere,
    breaks_in,
    is_detour,
    leaves,
    reports,
    turns_away,
)
from bot.conversation.said import SURE, VERY_SURE, Said, needed
from bot.conversation.walks import CONTROL, Step, Walk
from bot.nlu.answers import ratings, says
from bot.nlu.asking import asks, inquires
from bot.nlu.coping import correction
from bot.nlu.kinds import FAREWELLS
from bot.nlu.normalise import normalise

JUMP = 16
"""Words up to which a message may ask for another step of the walk."""
MOSTLY = 0.5
"""The share of a free answer that the words for another step must make up."""
DETOUR = Heard("detour")

_SKIPS = re.compile(
    r"(?:can we |let's |i'll |just |please )?(?:skip|pass)"
    r"(?: (?:it|this|that|this one|that one|please))*\W*$"
)
_PAUSES = re.compile(
    r"^(?:ok |okay |sorry |can we |let's )*pause\b|\bpause (?:please|here|it|this)\b|"
    r"^(?:ok |sorry |wait )*(?:be right back|hang on|hold on|got to go)\b|"
    r"^(?:ok |sorry |wait )*one (?:sec|second|minute|moment)\b"
    r"(?! (?:is|sounds|would|will|then|timer|it is))|"
    r"\b(?:finish|stop|leave it) (?:here|there)\b(?! (?:was|is|and then))|"
    r"^(?:wait|sorry|shh?|hang on|oh|ok)[, ]+"
    r"(?:someone|somebody|he|she|my \w+|mum|mom|dad)(?:'s| is) coming\b"
)
_TO_US = re.compile(
    r"^(?:(?:please|and|but|ok|so|just|pls)[, ]+)*(?:don't|do not|stop|quit) (?:you )?"
    r"(?:suggest(?:ing)?\b|(?:ask|tell|giv|send)(?:e|ing)? me\b)|^if you (?:say|tell|ask|suggest)\b"
)
"""What the bot is not to do ("don't ask me to rate it", "if you say deep breaths …"): no answer
to its question, never kept and never read back as one."""
_PARTS = re.compile(r"[.?!;:,]+(?=\s|$)")
_PUTS_OFF = re.compile(
    r"\b(?:later|not (?:now|today|tonight|yet)|another (?:time|day)|some other time|tomorrow|tmrw|"
    r"pause|come back|"
    r"back (?:soon|in|to)|go(?:t|tta)?(?: to)? go|gtg|brb|leave|for (?:now|today)|stop|enough|"
    r"break|finish|hold|wait|bed|weekend|\w+day)\b"
)
"""Words without which a free answer puts nothing off."""
_PLAINLY_OFF = re.compile(
    r"^(?:(?:ok(?:ay)?|sorry|right|can we|let's|we|wait|actually)[, ]+)*"
    r"(?:leave|stop|pause|park|finish) (?:(?:it|this|that|here|there)\b ?)+(?:for |till |until )?"
    r"(?:now|today|tonight|later|tomorrow|another|the|monday|the weekend)?\b|"
    r"\b(?:i'll|i will|i'd) (?:be back|come back|carry on|finish (?:it|this))\b"
)
"""Words that put off what we do even in a longer answer that is kept verbatim."""
PAUSE = 9
"""Words up to which such words leave the walk for now."""


def hear(
    walk: Walk,
    step: Step,
    message: dict[str, Any],
    begun: bool = True,
    doubt: int = 0,
    kept: Collection[str] = (),
) -> Heard:
    """Read a message as the answer to a step.

    Args:
        walk: the walk under way.
        step: its present step, which asked something.
        message: Rasa's parse: `text`, `intent` {name, confidence}, `entities`, `safety`.
        begun: whether the walk has heard an answer yet. Before, whoever is clear about
            another topic may have been led here by mistake.
        doubt: reasons to think so: messages that were no answer to this step, and one more
            when it was not clear that this walk was wanted.
        kept: the names of the answers that the walk has kept.
    """
    intent = (message.get("intent") or {}).get("name") or ""
    sure = float((message.get("intent") or {}).get("confidence") or 0.0)
    pressed = entity(message, "option")
    if pressed is not None:
        return pressed_option(step, pressed)
    text = message.get("text") or ""
    if text.startswith("/"):  # a command, a button or an empty message: never words to keep
        if intent in walk.own:
            return Heard("unclear")
        if intent not in CONTROL_INTENTS:
            return DETOUR
        text = ""
    if intent == "timer_due":
        waits = isinstance(step.next, dict) and "timer_due" in step.next
        return Heard("timer_due") if waits else DETOUR
    plain = normalise(text)
    answer = answer_to(walk, step, plain, intent, text)
    safety = message.get("safety") or {}
    subjects = message.get("subjects") or {}
    said = Said(walk, step, text, plain, intent, sure, safety, answer, subjects)
    return _wish_or_way(said, begun, doubt, kept) or _answer_or_told(said)


def _wish_or_way(said: Said, begun: bool, doubt: int, kept: Collection[str]) -> Optional[Heard]:
    """Whatever goes before an answer, the most urgent first."""
    number = is_bare_number(said.plain)
    if not number and leaves(said):
        return DETOUR
    if _SKIPS.match(said.plain):
        return Heard("skip")
    if _pauses(said):
        return Heard("later")
    jump = jumps_to(said.walk, said.plain, said.step)
    if jump:
        return Heard("jump", jump)
    if not begun and belongs_elsewhere(said, doubt):
        return DETOUR
    corrected = _corrected(said, kept)
    if corrected:
        return corrected
    wish = _wish(said)
    if wish and not number and (said.answer is None or said.free):
        return wish
    if not number and said.intent in FAREWELLS and turns_away(said, doubt):
        return DETOUR
    rated = rating_instead(said.walk, said.step, said.plain) if said.answer is None else None
    if rated:
        return rated
    detour = not number and (reports(said) or is_detour(said) or turns_away(said, doubt))
    return DETOUR if detour or breaks_in(said) else None


def _pauses(said: Said) -> bool:
    """Whether somebody has to go for now ("brb dinner", "finish here"); a question stays one."""
    times = said.step.expects in ("minutes", "when") and said.answer is not None  # "one minute, ok"
    short = said.words <= PAUSE and not (times or ratings(said.plain) or asks(said.plain))
    return short and said.step.hear != "safety" and bool(_PAUSES.search(said.plain))


def _corrected(said: Said, kept: Collection[str]) -> Optional[Heard]:
    """A rating that puts the last one right ("i meant 7 not 9") while another question waits."""
    rates = said.walk.rating and said.step.expects != "scale"
    rated = any(s.expects == "scale" and s.keep in kept for s in said.walk.steps.values())
    corrects = rates and rated and said.words <= JUMP
    meant = list(dict.fromkeys(correction(said.plain))) if corrects else []
    return Heard("corrected", meant[0]) if len(meant) == 1 else None


def _answer_or_told(said: Said) -> Heard:
    """The answer; or words that are none: a question that has no answer here, a word to the bot."""
    free = said.free and not said.step.verbatim
    asked_back = free and (inquires(said.plain) or bool(_TO_US.search(said.plain)))
    if said.answer and not asked_back:
        return said.answer
    return Heard("told", said.text.strip()) if said.words >= FEW else Heard("unclear")


def jumps_to(walk: Walk, plain: str, step: Optional[Step] = None) -> Optional[str]:
    """The step of a walk that a short message asks for by name, or None.

    Args:
        walk: the walk.
        plain: normalised text.
        step: the step that waits for an answer, if one does. In a free answer the words
            must make up most of it; and nobody is led back to where they just came from.
    """
    if len(plain.split()) > JUMP or " but " in plain:
        return None
    named = [
        (len(words), name)
        for name, phrases in walk.jumps.items()
        for words in phrases
        if says(plain, words)
    ]
    if not named:
        return None
    length, found = max(named)
    if step is None:
        return found
    target = walk.steps[found]
    here = [name for name, one in walk.steps.items() if one.ask == step.ask]
    if found in here or any(target.leads_to(name) for name in here):
        return None
    free = step.expects == "text" and not asks(plain)
    return None if free and length < MOSTLY * len(plain) else found


def told_beside(text: str, phrases: Collection[str]) -> str:
    """What a message tells beside the words that ask for a step, or an empty text.

    "can i add my own? drum solos on the steering wheel" tells an idea; "can i add my own" none.

    Args:
        text: the message as written.
        phrases: the words that ask for the step, normalised.
    """
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    asking = [i for i, part in enumerate(parts)
              if any(says(normalise(part), words) for words in phrases)]  # fmt: skip
    if not asking:
        return ""
    others = [parts[asking[-1] + 1 :], parts[: asking[0]]]
    told = [", ".join(some) for some in others if len(" ".join(some).split()) > FEW]
    return told[0] if told else ""


def _wish(said: Said) -> Optional[Heard]:
    if said.intent not in CONTROL or said.sure < (VERY_SURE if said.intent == "later" else SURE):
        return None
    if said.intent == "later" and said.words <= JUMP and _PLAINLY_OFF.search(said.plain):
        return Heard("later")
    if said.free and (said.words > SHORT or said.sure < needed(said)):
        return None
    if said.free and said.intent == "later" and not _PUTS_OFF.search(said.plain):
        return None  # "an early night" is one kind thing to do
    return Heard(said.intent)
