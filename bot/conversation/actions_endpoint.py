"""Runs custom actions in the server's own process.

Rasa sends an action's call over HTTP; when the other server is down, the
action's events are lost in silence. Here the same call goes to rasa-sdk's
executor directly: no process, no round trip, and an error is ours to notice.
"""

from contextvars import ContextVar
from typing import Any, Optional

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as Rejected

failures: ContextVar[Optional[list[str]]] = ContextVar("failures", default=None)
"""Names of the actions that raised in this turn, for the watchdog."""


class InProcessActions(EndpointConfig):
    """An action endpoint without a network."""

    def __init__(self, package: str = "actions") -> None:
        # Rasa validates its own JSON schema anew on every call, 25 ms of a turn of 40.
        # The answer does not come from outside: rasa-sdk has just made it.
        RemoteAction._validate_action_result = lambda _self, _result: True
        super().__init__(url=None, enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> set[str]:
        """The actions that can be run."""
        return set(self._executor.actions)

    async def request(self, *_args: Any, json: Any = None, **_kwargs: Any) -> Any:
        """Run the action of a call; the answer has `events` and `responses`."""
        try:
            return await self._executor.run(json)
        except Rejected as rejected:
            raise ActionExecutionRejection(rejected.action_name) from None
        except Exception:
            noted = failures.get()
            if noted is not None:
                noted.append(str(json.get("next_action")))
            raise
