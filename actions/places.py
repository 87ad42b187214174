"""Where a walk stands, kept when it is put on hold."""

from typing import Any, Optional

MOST_PAUSED = 3


def pause(
    place: Optional[dict[str, Any]],
    paused: Optional[list[dict[str, Any]]],
    besides: str = "",
) -> list[dict[str, Any]]:
    """The paused walks with one more, the newest last; one of each kind.

    Args:
        place: where the walk under way stands, or None.
        paused: the walks paused before.
        besides: a walk that starts afresh, whose paused place is dropped.
    """
    dropped = {besides, (place or {}).get("walk")}
    kept = [one for one in paused or [] if one.get("walk") not in dropped]
    if place and place.get("walk") != besides:
        kept.append(place)
    return kept[-MOST_PAUSED:]
