"""Which of a response's variations is said: never the one said last."""

import copy
import re
from typing import Any, Optional

from rasa.core.nlg.generator import NaturalLanguageGenerator, ResponseVariationFilter
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

_VARIABLE = re.compile(r"\{(\w+)\}")


class Voice(NaturalLanguageGenerator):
    """Goes through the variations in turn, as far as the kept turns remember.

    Rasa's own generator draws one at random, which repeats itself in one case of
    n, and interpolates buttons too; here only the text has variables.
    """

    def __init__(
        self,
        endpoint_config: Optional[EndpointConfig] = None,
        domain: Optional[Domain] = None,
    ) -> None:
        self.responses = domain.responses if domain else {}
        self._filter = ResponseVariationFilter(self.responses)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[dict[str, Any]]:
        """The response, with its variables filled; None when there is none to say."""
        slots = tracker.current_slot_values()
        fitting = self._filter.responses_for_utter_action(utter_action, output_channel, slots)
        if not fitting:
            return None
        chosen = fitting[_next(utter_action, [_id(item) for item in fitting], tracker)]
        response: dict[str, Any] = copy.deepcopy(chosen)
        response["text"] = fill(response.get("text") or "", {**slots, **kwargs})
        return response


def fill(text: str, values: dict[str, Any]) -> str:
    """Put values in place of `{name}`; the values themselves are never read for variables."""
    return _VARIABLE.sub(lambda m: str(values.get(m[1], "")), text)


def _id(variation: dict[str, Any]) -> str:
    return str((variation.get("metadata") or {}).get("id") or variation.get("text"))


def _next(utter_action: str, ids: list[str], tracker: DialogueStateTracker) -> int:
    said = [
        variation_of(event)
        for event in tracker.events
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action
    ]
    last = next((ids.index(one) for one in reversed(said) if one in ids), -1)
    return (last + 1) % len(ids)


def variation_of(event: BotUttered) -> Optional[str]:
    """The id of the variation that was said; Rasa keeps a response's metadata inside its own."""
    inner: dict[str, Any] = event.metadata.get("metadata") or {}
    return event.metadata.get("id") or inner.get("id")
