"""Reading server-sent events in a test."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx


async def events(
    client: httpx.AsyncClient, token: str, last_id: str = ""
) -> AsyncIterator[dict[str, Any]]:
    """The events of a conversation after `last_id`, each with the id of its frame checked."""
    headers = {"authorization": f"Bearer {token}"}
    if last_id:
        headers["last-event-id"] = last_id
    async with client.stream("GET", "/api/events", headers=headers) as stream:
        assert stream.status_code == 200
        identity = ""
        async for line in stream.aiter_lines():
            if line.startswith("id: "):
                identity = line[4:]
            if line.startswith("data: "):
                event = json.loads(line[6:])
                assert event["id"] == identity
                yield event
