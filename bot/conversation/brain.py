"""Rasa in a thread of its own, so that the server can stop waiting for it.

A turn that hangs would otherwise hold the event loop, and with it the time
limit that is to catch the hang. A thread that overran its time is left behind
and a fresh one takes the next turn.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Optional

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content.voice import Voice
from bot.conversation import actions_endpoint
from bot.conversation.actions_endpoint import InProcessActions
from bot.conversation.thread import Topics, fresh, thread_after
from bot.record import tracker_store
from bot.record.store import Store
from bot.record.tracker_store import SnapshotTrackerStore
from bot.settings import Settings

logger = logging.getLogger(__name__)


class ModelProblem(Exception):
    """There is no model to talk with; the text names the cure."""


@dataclass
class Thought:
    """What Rasa made of one message."""

    said: list[dict[str, Any]] = field(default_factory=list)
    """Drafts in order: text, buttons, image, attachment."""
    intent: str = ""
    confidence: float = 0.0
    form: str = ""
    """The walk that took the message as an answer, without `_form`."""
    place: dict[str, Any] = field(default_factory=dict)
    """Where the walk under way stands after the turn."""
    question: str = ""
    """The question of `data/questions` that was answered."""
    about: dict[str, Any] = field(default_factory=dict)
    """The subject that was talked of before the turn (bot/conversation/thread.py)."""
    paused: bool = False
    """Whether the walk that took the message is put on hold by it ("brb", "finish here")."""
    asks_safety: bool = False
    """Whether the answer asks about danger to life."""
    failures: list[str] = field(default_factory=list)
    """Actions that raised."""

    def topic(self, topics: Topics) -> str:
        """The topic of the turn."""
        if self.paused:
            return topics.of_intent("stop", "stop")
        recent = self.about if self.intent == "resume" else fresh(self.about)
        subject = str(recent.get("topic") or "")
        return topics.of(self.intent, self.form, self.question, subject)


class _Collector(OutputChannel):
    """Collects what is said, as drafts."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """One name for all channels: the words do not depend on the channel."""
        return "tideline"

    async def send_response(self, _recipient_id: str, message: dict[str, Any]) -> None:
        """Take a draft."""
        if message.get("text") or message.get("image") or message.get("attachment"):
            self.said.append(message)


class Brain:
    """One loaded assistant."""

    def __init__(self, settings: Settings, store: Store, topics: Topics) -> None:
        self._topics = topics
        self._actions = InProcessActions()
        self.agent = _load(settings, store, self._actions)
        if self.agent.processor is None:
            raise ModelProblem(f"no model in {settings.models}: run `make setup`")
        self._processor: MessageProcessor = self.agent.processor
        self._loop = _new_loop()

    async def think(
        self,
        person: str,
        text: str,
        metadata: dict[str, Any],
        saved: Optional[dict[str, Any]],
        besides: tuple[str, ...],
        limit: float,
    ) -> Thought:
        """One turn through Rasa.

        Args:
            person: pseudonym, Rasa's sender id.
            text: a message, or a payload that a button or command stands for.
            metadata: what travels beside it (safety verdict, channel, address).
            saved: the conversation as loaded, or None for somebody new.
            besides: actions to run after Rasa's own, in this turn.
            limit: seconds after which the turn is given up.

        Raises:
            asyncio.TimeoutError: the turn overran its limit.
            Exception: whatever broke the turn.
        """
        over, loop = threading.Event(), self._loop
        turn = self._turn(person, text, metadata, saved, besides, over)
        waiting = asyncio.run_coroutine_threadsafe(turn, loop)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(waiting), limit)
        except asyncio.TimeoutError:
            over.set()
            if self._loop is loop:  # nobody else has left it behind already
                self._loop = _new_loop()
            raise

    def read(self, text: str, safety: dict[str, Any]) -> Thought:
        """How a text is read on its own, outside any conversation; nothing is said."""
        message = UserMessage(text, metadata={"safety": safety})
        parse = self._processor._parse_message_with_graph(message, None)  # type: ignore[arg-type]
        intent = parse["intent"]
        asked = next(iter(parse.get("questions") or []), "")
        return Thought(
            intent=str(intent["name"]),
            confidence=float(intent.get("confidence") or 0.0),
            question=asked if intent["name"] == "ask_question" else "",
        )

    @property
    def actions(self) -> set[str]:
        """The custom actions that can be run here."""
        return self._actions.names

    def words(self, response: str) -> str:
        """The text of a response that is said outside a turn."""
        return str(self._processor.domain.responses[response][0]["text"])

    async def _turn(
        self,
        person: str,
        text: str,
        metadata: dict[str, Any],
        saved: Optional[dict[str, Any]],
        besides: tuple[str, ...],
        over: threading.Event,
    ) -> Thought:
        """The steps of `MessageProcessor.handle_message`, with one load and one save."""
        tracker_store.loaded.set((person, saved))
        tracker_store.given_up.set(over)
        failed: list[str] = []
        actions_endpoint.failures.set(failed)
        channel = _Collector()
        message = UserMessage(text, channel, person, metadata=metadata)
        tracker = await self._processor.log_message(message, should_save_tracker=False)
        await self._processor._run_prediction_loop(channel, tracker)
        for name in besides:
            prediction = PolicyPrediction.for_action_name(self._processor.domain, name)
            await self._processor._run_action(
                self._processor._get_action(name),
                tracker,
                channel,
                self._processor.nlg,
                prediction,
            )
        if besides:  # the rules expect to be listening when the next message comes
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        thought = _thought(tracker, channel.said, failed)
        after = thread_after(thought.about, thought.topic(self._topics), bool(thought.form))
        tracker.update(SlotSet("about", after))
        await self._processor.save_tracker(tracker)
        return thought


def _thought(
    tracker: DialogueStateTracker, said: list[dict[str, Any]], failed: list[str]
) -> Thought:
    intent = tracker.latest_message.intent if tracker.latest_message else {}
    form = _form_that_heard(tracker)
    helped = (tracker.get_slot("safety") or {}).get("helped") == 0
    held = (tracker.get_slot("paused") or [{}])[-1].get("walk")
    return Thought(
        said=said,
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        form=form,
        place=tracker.get_slot("walk") or {},
        question=_question(tracker),
        about=tracker.get_slot("about") or {},
        paused=bool(form) and not tracker.get_slot("walk") and held == form and not helped,
        asks_safety=bool((tracker.get_slot("safety") or {}).get("asked")),
        failures=failed,
    )


def _question(tracker: DialogueStateTracker) -> str:
    """The question that was answered in this turn, if one was."""
    parse = tracker.latest_message.parse_data if tracker.latest_message else {}
    if "action_answer_question" not in _ran(tracker):
        return ""
    chosen = next(tracker.get_latest_entity_values("question"), None)
    return str(chosen or next(iter(parse.get("questions") or []), ""))  # type: ignore[union-attr]


def _this_turn(tracker: DialogueStateTracker) -> Iterator[Event]:
    """The events since the last message, the newest first."""
    return takewhile(lambda event: not isinstance(event, UserUttered), reversed(tracker.events))


def _ran(tracker: DialogueStateTracker) -> list[str]:
    """The names of the actions of this turn, the newest first."""
    return [str(e.action_name) for e in _this_turn(tracker) if isinstance(e, ActionExecuted)]


def _form_that_heard(tracker: DialogueStateTracker) -> str:
    """The walk whose loop action took the last message, if one did."""
    rejected = {
        e.action_name for e in _this_turn(tracker) if isinstance(e, ActionExecutionRejected)
    }
    heard = [name for name in _ran(tracker) if name.endswith("_form") and name not in rejected]
    return heard[-1][: -len("_form")] if heard else ""


def _load(settings: Settings, store: Store, actions: InProcessActions) -> Agent:
    agent = asyncio.run(_agent(settings))
    if agent.processor is None:
        raise ModelProblem(f"no model in {settings.models}: run `make setup`")
    agent.tracker_store = SnapshotTrackerStore(agent.domain, store=store)
    agent.processor.tracker_store = agent.tracker_store
    agent.nlg = agent.processor.nlg = Voice(domain=agent.domain)
    agent.action_endpoint = agent.processor.action_endpoint = actions
    return agent


async def _agent(settings: Settings) -> Agent:
    if not list(settings.models.glob("*.tar.gz")):
        raise ModelProblem(f"no model in {settings.models}: run `make setup`")
    try:
        return await load_agent(model_path=str(settings.models))
    except Exception as error:  # out of memory is one of them
        raise ModelProblem(
            f"the model in {settings.models} cannot be loaded ({type(error).__name__}): "
            "remove that folder and run `make setup`"
        ) from error


def _new_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="brain", daemon=True).start()
    return loop
