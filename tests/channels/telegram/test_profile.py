"""What Telegram shows around the chat."""

from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone

COMMANDS = "start help helplines urge plan progress export forget privacy stop"


async def test_commands_and_descriptions_are_set_at_start(
    channel, someone: Someone, api: FakeApi
) -> None:
    await someone.hears("/start")
    calls = dict(api.calls)
    assert [c["command"] for c in calls["setMyCommands"]["commands"]] == COMMANDS.split()
    description = calls["setMyDescription"]["description"]
    assert "not a person" in description
    assert "/forget" in description
    assert "bot" in calls["setMyShortDescription"]["short_description"]


async def test_what_stands_in_the_menu_gives_nothing_away(
    channel, someone: Someone, api: FakeApi
) -> None:
    await someone.hears("/start")
    shown = str([dict(api.calls)[m] for m in ("setMyCommands", "setMyShortDescription")]).lower()
    for word in ("injur", "harm", "suicid", "crisis line", "safety"):
        assert word not in shown
