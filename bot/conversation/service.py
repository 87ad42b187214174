"""One turn in, one answer out: the path that every channel shares.

The order protects the person: clean the message, look for danger with a plain
library, then let Rasa understand and answer within a time limit, then check
that something was said and that danger was met with help. Whatever breaks, the
answer is the static help and never silence.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Optional
from weakref import WeakValueDictionary

from bot.conversation.again import said_before
from bot.conversation.brain import Brain, Thought
from bot.conversation.buttons import named, newest, offered, pressed, to_buttons
from bot.conversation.by_rule import ByRule
from bot.conversation.commands import command
from bot.conversation.guard import Cleaned, Pace, clean
from bot.conversation.safety_care import (
    HELP_AGAIN,
    age,
    care,
    just_helped,
    most_urgent,
    verdicts,
)
from bot.conversation.thread import fresh, said_last, subject_of
from bot.conversation.turn import Answer, Reply, Turn
from bot.conversation.walks import Step
from bot.logs import where
from bot.nlu.kinds import DANGER, OTHERS
from bot.nlu.safety_gate import MORE
from bot.record.store import Store
from bot.safety.detector import Context, Detector
from bot.safety.static_help import STATIC_HELP
from bot.safety.verdict import CALM, Verdict
from bot.services import Services

logger = logging.getLogger(__name__)

STALE, TALK = "/choose", "smalltalk_thanks"
"""What a button stands for that is no longer on offer, and the topic of its answer."""
HELP_GOES_ON = frozenset({"set_country", "lower_barrier"})
"""Right after help these bring the lines of a country, or those without a voice: help goes on."""
GRAVE = 0.6
"""The score from which a doubt stays one, though we asked a moment ago and do not ask again."""


class Conversation:
    """Talks with everybody, one turn at a time for each person."""

    def __init__(self, services: Services, brain: Optional[Brain], detector: Detector) -> None:
        self._services = services
        self._brain = brain
        self._detector = detector
        self._by_rule = ByRule(detector, services.helplines, services.languages)
        self._pace = Pace(services.settings.turns_per_minute)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.on_failure: Callable[[str], None] = lambda part: None
        """Told the name of a part that failed in a turn, for the operator's alert."""
        self.problem = ""
        """Why there is no model, with the cure; empty when there is one."""

    @property
    def unread(self) -> str:
        """Why danger is not looked for as it should be; empty when all of the detector works."""
        return "; ".join(self._detector.problems)

    @property
    def store(self) -> Store:
        """Where records are kept."""
        return self._services.store

    def person(self, turn: Turn) -> str:
        """The pseudonym of who sent a turn."""
        return self.store.vault.pseudonym(turn.channel, turn.address)

    async def answer(self, turn: Turn) -> Answer:
        """Answer one turn; never raises and never says nothing."""
        started = time.perf_counter()
        person = self.person(turn)
        lock = self._locks.setdefault(person, asyncio.Lock())
        async with lock:
            try:
                answer = await self._answer(turn, person)
            except Exception as error:
                answer = self._static("turn", error)
        return _timed(answer, time.perf_counter() - started)

    def understand(self, text: str) -> str:
        """The topic of a message on its own, read as in a turn; nothing is kept."""
        if self._brain is None:
            raise ValueError("no model: run `make setup`")
        cleaned = clean(text)
        verdict = self._detector.assess(cleaned.text)
        thought = self._brain.read(_without_payload(cleaned.text), verdict.as_dict())
        return thought.topic(self._services.topics)

    # -- the steps ---------------------------------------------------------------

    async def _answer(self, turn: Turn, person: str) -> Answer:
        cleaned = clean(turn.text)
        saved, broken = await self._load(person)
        again = said_before(saved, turn.id)
        if again:
            thought, verdict, besides = again
            return self._checked(thought, person, verdict, besides)
        slots: dict[str, Any] = (saved or {}).get("slots") or {}
        safety: dict[str, Any] = slots.get("safety") or {}
        text, is_payload = self._read(turn, person, cleaned, saved, slots)
        subject, said = subject_of(slots, self._services.walks), said_last(saved)
        before = verdicts(saved)
        context = Context(
            asked=bool(safety.get("asked")),
            about=safety.get("about") or "crisis",
            recent=most_urgent(before),
            helper=subject in OTHERS,
            trail=tuple(v.score for v in before if v.label != "self_harm"),
            subject=subject,
            said=said,
        )
        written = bool(cleaned.text) and not is_payload
        verdict = self._detector.assess(cleaned.text, context) if written else CALM
        if text == "/crisis":  # the button "yes" of our safety question
            verdict = Verdict("crisis", "crisis", 1.0)
        if broken or self._brain is None:
            return self._static(broken or "model", verdict=verdict)
        if text == STALE:  # whatever the walk under way asks: a spent button is no answer to it
            return Answer((Reply(self._brain.words("utter_stale_button")),), TALK, "choose")
        if not turn.signal and not verdict.at_least("check_in") and not self._pace.allows(person):
            return Answer((Reply(self._brain.words("utter_too_fast")),), "stop", "too_fast")
        if written:
            text, verdict = self._by_rule.meant(person, cleaned.text, text, slots, verdict)
        asked = safety.get("asked")
        age(safety)
        besides = _besides(slots, saved, verdict, text)
        try:
            thought = await self._brain.think(
                person,
                text,
                {"safety": verdict.as_dict(), "channel": turn.channel, "address": turn.address,
                 "locale": turn.locale, "note": cleaned.note, "turn": turn.id,
                 "walk": (slots.get("walk") or {}).get("walk"), "helped": just_helped(safety),
                 "about": fresh(slots.get("about")), "asked": asked,
                 "subject": subject, "before": said},
                saved,
                besides,
                self._services.settings.turn_seconds,
            )  # fmt: skip
        except Exception as error:
            return self._static("rasa", error, verdict)
        return self._checked(thought, person, verdict, besides, just_helped(safety))

    async def _load(self, person: str) -> tuple[Optional[dict[str, Any]], str]:
        """The conversation as saved, and what is broken; a store that hangs is broken, too."""
        reading = asyncio.to_thread(self.store.conversation, person)
        try:
            return await asyncio.wait_for(reading, self._services.settings.turn_seconds), ""
        except Exception as error:
            logger.error("the store fails%s", where(error))
            return None, "store"

    def _read(
        self,
        turn: Turn,
        person: str,
        cleaned: Cleaned,
        saved: Optional[dict[str, Any]],
        slots: dict[str, Any],
    ) -> tuple[str, bool]:
        """The text for Rasa, and whether it is a payload of ours."""
        if turn.signal:
            return f"/{turn.signal}", True
        buttons = offered(self.store.vault, person, saved)
        if turn.pressed is not None:
            button = pressed(buttons, turn.pressed)
            return (button.payload if button else STALE, True)
        asked_for = command(cleaned.text)
        if asked_for:
            return asked_for, True
        button = named(buttons, newest(saved), cleaned.text)
        if button:
            return button.payload, True
        if not cleaned.text:
            return "/nlu_fallback", True
        return _without_payload(cleaned.text), False

    def _checked(
        self,
        thought: Thought,
        person: str,
        verdict: Verdict,
        besides: tuple[str, ...],
        helped_before: str = "",
    ) -> Answer:
        """The watchdog: nobody is left with silence, nobody in danger without help.

        Args:
            thought: what Rasa made of the message.
            person: pseudonym.
            verdict: the detector's, on the message.
            besides: the actions that ran beside Rasa's own.
            helped_before: the kind of danger that help was given for in the turns before.
        """
        for action in thought.failures:
            logger.error("the action %s failed", action)
            self.on_failure("action")
        if thought.intent == "forget_data" and not thought.failures:
            self._by_rule.forgot(person)
        replies = _replies(thought, self.store, person, bool("action_introduce" in besides))
        topic = thought.topic(self._services.topics)
        near_help = bool(helped_before) and topic in DANGER
        if verdict.level == "none" and (thought.intent in MORE.values() or near_help):
            verdict = replace(verdict, level="check_in")  # the danger is not over
        again = thought.intent in MORE.values() and verdict.score >= HELP_AGAIN
        goes_on = near_help and thought.intent in HELP_GOES_ON
        if (thought.intent in DANGER or again or goes_on) and verdict.level == "check_in":
            verdict = replace(verdict, level="crisis")  # two doubts agreed, and help was given
        step = _step(thought, self._services)
        asks = thought.asks_safety or (step is not None and step.asks_safety)
        matters = asks or near_help or topic in DANGER or verdict.score >= GRAVE
        if verdict.level == "check_in" and not matters:
            verdict = replace(verdict, level="none")  # asked a moment ago; the score still counts
        if verdict.level == "crisis" and not goes_on:
            topic = self._services.topics.of_intent(thought.intent, "crisis")
        helped = topic in DANGER or verdict.level != "crisis"
        failed = "action" if thought.failures else "" if replies else "silence"
        if failed or not helped:
            replies = (*replies, Reply(STATIC_HELP))
        return Answer(
            replies=replies,
            topic=topic,
            intent=thought.intent,
            confidence=thought.confidence,
            safety=verdict,
            failed=failed,
            scale=_asks_scale(thought, self._services),
        )

    def _static(
        self, part: str, error: Optional[Exception] = None, verdict: Verdict = CALM
    ) -> Answer:
        logger.error("a turn failed in: %s%s", part, where(error))
        self.on_failure(part)
        return Answer((Reply(STATIC_HELP),), "crisis", "static_help", 0.0, verdict, failed=part)


def _replies(thought: Thought, store: Store, person: str, introduced: bool) -> tuple[Reply, ...]:
    replies: list[Reply] = []
    for draft in thought.said:
        text = str(draft.get("text") or "").strip()
        image, file = draft.get("image"), draft.get("attachment")
        if (image or file) and replies and not text:  # belongs to the words before it
            last = replies.pop()
            replies.append(replace(last, image=image or last.image, file=file or last.file))
        elif text:
            buttons = to_buttons(store.vault, person, draft.get("buttons") or [])
            replies.append(Reply(text, buttons, image, file))
    if introduced and len(replies) > 2 and _asks(replies[-2]):  # a question stands last
        replies.insert(-1, replies.pop())
    return tuple(replies)


def _asks(reply: Reply) -> bool:
    return bool(reply.buttons) or "?" in reply.text


def _asks_scale(thought: Thought, services: Services) -> bool:
    step = _step(thought, services)
    return step is not None and step.expects == "scale"


def _step(thought: Thought, services: Services) -> Optional[Step]:
    """The step whose question stands last, if a walk is under way."""
    walk = services.walks.get(str(thought.place.get("walk")))
    return walk.steps.get(str(thought.place.get("step"))) if walk else None


def _besides(
    slots: dict[str, Any], saved: Optional[dict[str, Any]], verdict: Verdict, text: str
) -> tuple[str, ...]:
    """What to say beside Rasa's own answer: the introduction, care for safety."""
    first = not slots.get("introduced") and verdict.level == "none"
    introduces = first and not text.startswith(("/greet", "/forget"))
    return (*(("action_introduce",) if introduces else ()), *care(slots, saved, verdict, text))


def _without_payload(text: str) -> str:
    """Words that begin with a slash, so that Rasa does not take them for a payload."""
    return text.lstrip("/ ") or "?" if text.startswith("/") else text


def _timed(answer: Answer, seconds: float) -> Answer:
    return replace(answer, ms=seconds * 1000)
