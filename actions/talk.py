"""What an action sees of a conversation, and how it speaks."""

from itertools import takewhile
from typing import Any, Optional

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.services import Services, services


def happened(tracker: Tracker, event: str, name: str) -> bool:
    """Whether something of a kind and name has happened since the last message.

    Args:
        tracker: the conversation.
        event: the kind, as Rasa calls it (`action`, `action_execution_rejected`).
        name: of the action.
    """
    since = takewhile(lambda one: one.get("event") != "user", reversed(tracker.events))
    return any(one.get("event") == event and one.get("name") == name for one in since)


class Talk:
    """The person, what they said, and a way to say vetted responses."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self.tracker = tracker
        self.person: str = tracker.sender_id
        self.message: dict[str, Any] = tracker.latest_message or {}
        self.answers: dict[str, Any] = {}
        """What this walk has kept so far."""
        self.values: dict[str, Any] = {}
        """Variables for the responses of this turn."""
        self.buttons: list[dict[str, str]] = []
        """Buttons that a hook made for the next question."""
        self.options: dict[str, list[str]] = {}
        """Options that a hook made for the next question."""
        self.heard = 0
        """How many answers this walk has heard."""
        self.began = 1.0
        """How sure it was that this walk was wanted, 0 to 1."""
        self.returns = 0
        """How many detours led back to the question that waits."""
        self.left = False
        """Whether a hook has ended the walk by handing over to crisis help."""
        self.events: list[dict[str, Any]] = []

    @property
    def services(self) -> Services:
        """The shared parts."""
        return services()

    @property
    def intent(self) -> str:
        """The name of the last message's intent."""
        return (self.message.get("intent") or {}).get("name") or ""

    @property
    def confidence(self) -> float:
        """How sure that intent is, 0 to 1."""
        return float((self.message.get("intent") or {}).get("confidence") or 0.0)

    @property
    def text(self) -> str:
        """What the person wrote."""
        return str(self.message.get("text") or "")

    def say(self, response: str, **values: Any) -> None:
        """Say a response of `data/responses/`, with its variables."""
        self._dispatcher.utter_message(response=response, **{**self.values, **values})

    def ask(self, response: str) -> None:
        """Say a question, with the buttons that a hook made for it."""
        self._dispatcher.utter_message(
            response=response, buttons=self.buttons or None, **self.values
        )

    def show(self, **content: Any) -> None:
        """Hand over something that is not a sentence: a picture or a file."""
        self._dispatcher.utter_message(**content)

    def slot(self, name: str) -> Any:
        """The value of a slot."""
        return self.tracker.get_slot(name)

    @property
    def subject(self) -> str:
        """The topic that was talked of before this turn, or an empty text."""
        return str((self.slot("about") or {}).get("topic") or "")

    def entity(self, name: str) -> Optional[Any]:
        """The value of an entity of the last message, or None."""
        return next(self.tracker.get_latest_entity_values(name), None)

    def carried(self, name: str) -> Any:
        """What the channel sent beside the message: `channel`, `address`, `locale`."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return (event.get("metadata") or {}).get(name)
        return None
