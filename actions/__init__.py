"""Custom actions, one module a topic: read slots, call `bot/`, return events."""
