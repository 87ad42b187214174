"""A Rasa tracker store that costs the same at turn 5 and at turn 500.

Stock stores keep every event and replay all of them each turn. This one keeps
a snapshot (slots, active form, latest action) and the events of the last few
turns, sealed in one row, written once a turn.
"""

import asyncio
import threading
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content.voice import variation_of
from bot.record.store import Store

TURNS_KEPT = 6
"""Enough for the rules, the wording's memory and the safety context."""
_DROPPED = (
    "parse_data",
    "metadata",
    "policy",
    "confidence",
    "use_text_for_featurization",
)
_MADE = ("attachment", "image")
"""Files and pictures are made from the record; a copy of it in itself would only grow."""

given_up: ContextVar[Optional[threading.Event]] = ContextVar("given_up", default=None)
"""Set when the turn under way has overrun its time: what it still does is not kept."""
loaded: ContextVar[Optional[tuple[str, Optional[dict[str, Any]]]]] = ContextVar(
    "loaded", default=None
)
"""The conversation that this turn has read already, so that it is read once."""


class SnapshotTrackerStore(TrackerStore):
    """Keeps a conversation's present and its last turns."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        store: Optional[Store] = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._given = store

    @property
    def store(self) -> Store:
        """The store, opened at first use when Rasa's command line made us."""
        if self._given is None:
            from bot.services import services

            self._given = services().store
        return self._given

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The tracker as of the last saved turn, or None for somebody new.

        Raises:
            StoreProblem, KeyProblem: it cannot be read; never answered with a
                fresh conversation, which would forget where the person was.
        """
        known = loaded.get()
        if known is not None and known[0] == sender_id:
            saved = known[1]
        else:
            saved = await asyncio.to_thread(self.store.conversation, sender_id)
        if saved is None:
            return None
        return DialogueStateTracker.from_events(
            sender_id,
            _replayed(saved),
            self.domain.slots,
            sender_source=None,
            domain=self.domain,
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the snapshot and the last turns; a tracker with no turn yet is not kept.

        A turn that asked to be forgotten leaves nothing, not even itself.
        """
        over = given_up.get()
        if over is not None and over.is_set():
            return  # the person was answered without it, and may have gone on since
        await self.stream_events(tracker) if self.event_broker else None
        if tracker.get_slot("forgetting"):
            await asyncio.to_thread(self.store.forget, tracker.sender_id)
            return
        if tracker.latest_message is None or not tracker.latest_message.text:
            return
        await asyncio.to_thread(self.store.save_conversation, tracker.sender_id, snapshot(tracker))

    async def keys(self) -> Iterable[str]:
        """Every pseudonym that has a conversation."""
        return await asyncio.to_thread(self.store.people)


def snapshot(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What is kept of a tracker, as JSON values."""
    defaults = {slot.name: slot.initial_value for slot in tracker.slots.values()}
    slots = tracker.current_slot_values()
    return {
        "at": time.time(),
        "slots": {name: value for name, value in slots.items() if value != defaults.get(name)},
        "form": tracker.active_loop_name,
        "events": [_event(event) for event in _last_turns(list(tracker.events))],
        "turn": ((tracker.latest_message and tracker.latest_message.metadata) or {}).get("turn"),
    }


def _last_turns(events: list[Event]) -> list[Event]:
    spoken = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    kept = events[spoken[-TURNS_KEPT] :] if len(spoken) >= TURNS_KEPT else events
    return [event for event in kept if isinstance(event, (UserUttered, BotUttered, ActionExecuted))]


def _event(event: Event) -> dict[str, Any]:
    data = event.as_dict()
    if isinstance(event, UserUttered):
        intent = {key: event.intent.get(key) for key in ("name", "confidence")}
        safety = (event.parse_data or {}).get("safety")
        parse = {
            "intent": intent,
            "entities": event.entities,
            "text": event.text,
            "safety": safety,
        }
        return {
            "event": "user",
            "timestamp": event.timestamp,
            "text": event.text,
            "parse_data": parse,
        }
    if isinstance(event, BotUttered):
        keep = {key: value for key, value in event.data.items() if value and key not in _MADE}
        made = any(event.data.get(key) for key in _MADE)
        said = {"utter_action": event.metadata.get("utter_action"), "id": variation_of(event)}
        utter = {key: value for key, value in said.items() if value}
        return {
            "event": "bot",
            "timestamp": event.timestamp,
            "text": event.text,
            "data": keep,
            "metadata": utter,
            **({"made": True} if made else {}),
        }
    return {key: value for key, value in data.items() if key not in _DROPPED}


def _replayed(saved: dict[str, Any]) -> list[Event]:
    """The events that bring a new tracker to where the saved one stood.

    The snapshot's slots and form come first: they are what holds now. The old
    turns after them carry no slot or form events, so they change neither.
    """
    events: list[Event] = [SlotSet(name, value) for name, value in saved["slots"].items()]
    if saved["form"]:
        events.append(ActiveLoop(saved["form"]))
    events.append(ActionExecuted("action_listen"))
    events.extend(deserialise_events(saved["events"]))
    return events
