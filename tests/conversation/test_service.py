"""The promise that nobody is stranded, tested by breaking things."""

import asyncio
import json
import logging
import uuid

import pytest

from bot.conversation import brain
from bot.conversation import service as module
from bot.conversation.brain import Thought
from bot.conversation.service import Conversation
from bot.conversation.start import start
from bot.conversation.turn import Answer, Turn
from bot.nlu.encoder import encoder
from bot.record.store import StoreProblem
from bot.safety.static_help import STATIC_HELP
from bot.services import services

SECRET = "zanzibar-whispers"


def fresh() -> str:
    return str(uuid.uuid4())


def words(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


async def say(conversation: Conversation, person: str, text: str) -> Answer:
    return await conversation.answer(Turn("test", person, text))


async def press(conversation: Conversation, person: str, pressed: str) -> Answer:
    return await conversation.answer(Turn("test", person, pressed=pressed))


# -- broken parts ----------------------------------------------------------------


@pytest.fixture
def alerts(conversation: Conversation, monkeypatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(conversation, "on_failure", told.append)
    return told


async def test_rasa_raising_is_answered_with_help_and_an_alert(
    conversation, monkeypatch, alerts
) -> None:
    async def broken(*_args):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(conversation._brain, "think", broken)
    answer = await say(conversation, fresh(), "hello")
    assert words(answer) == STATIC_HELP
    assert alerts == ["rasa"]


async def test_an_encoder_that_raises_is_answered_with_help(
    conversation, monkeypatch, alerts
) -> None:
    def broken(*_args):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(encoder(), "_encode", broken)
    answer = await say(conversation, fresh(), "i want to end my life, nobody has read this before")
    assert STATIC_HELP in words(answer)
    assert answer.safety.level == "crisis"
    assert alerts


async def test_no_memory_for_the_model_is_no_reason_for_silence(home, monkeypatch) -> None:
    async def full(**_args):
        raise MemoryError

    monkeypatch.setattr(brain, "load_agent", full)
    bare = await asyncio.to_thread(start, False)
    assert "run `make setup`" in bare.problem
    assert words(await say(bare, fresh(), "hello")) == STATIC_HELP


async def test_rasa_hanging_is_given_up_in_time_and_the_next_turn_works(
    conversation, monkeypatch, alerts
) -> None:
    person = fresh()
    await say(conversation, person, "hello")
    hang = asyncio.Event()
    turn = conversation._brain._turn

    async def hanging(*_args):
        import time

        time.sleep(1.5)  # blocks its thread, as a hanging library would
        return Thought()

    monkeypatch.setattr(conversation._brain, "_turn", hanging)
    monkeypatch.setattr(conversation._services.settings, "turn_seconds", 0.3)
    answer = await say(conversation, person, "hello again")
    assert words(answer) == STATIC_HELP
    assert not hang.is_set()
    monkeypatch.setattr(conversation._brain, "_turn", turn)
    monkeypatch.setattr(conversation._services.settings, "turn_seconds", 8.0)
    assert not (await say(conversation, person, "hello again")).failed
    assert alerts == ["rasa"]


async def test_a_store_that_is_down_does_not_silence_the_bot_nor_forget(
    conversation, monkeypatch, alerts
) -> None:
    person = fresh()
    await say(conversation, person, "i need to hurt myself right now")

    def down(*_args):
        raise StoreProblem("down")

    with monkeypatch.context() as broken:
        broken.setattr(conversation.store, "conversation", down)
        answer = await say(conversation, person, "8")
        assert words(answer) == STATIC_HELP
        assert alerts == ["store"]
    after = await say(conversation, person, "8")
    assert after.topic == "urge"  # where they were is still known


async def test_a_store_that_cannot_write_is_answered_with_help(conversation, monkeypatch) -> None:
    def full(*_args):
        raise StoreProblem("disk full")

    monkeypatch.setattr(conversation.store, "save_conversation", full)
    assert STATIC_HELP in words(await say(conversation, fresh(), "hello"))


async def test_an_action_that_raises_is_answered_with_help(
    conversation, monkeypatch, alerts
) -> None:
    monkeypatch.setattr(services().helplines, "get", lambda code: 1 / 0)
    answer = await say(conversation, fresh(), "/helplines")
    assert STATIC_HELP in words(answer)
    assert "action" in alerts


async def test_a_silent_turn_is_noticed(conversation, monkeypatch) -> None:
    async def silent(*_args):
        return Thought(intent="greet")

    monkeypatch.setattr(conversation._brain, "think", silent)
    answer = await say(conversation, fresh(), "hello")
    assert words(answer) == STATIC_HELP
    assert answer.failed == "silence"


async def test_danger_that_rasa_does_not_meet_is_met_by_the_watchdog(
    conversation, monkeypatch
) -> None:
    async def chatty(*_args):
        return Thought(said=[{"text": "Lovely day."}], intent="greet")

    monkeypatch.setattr(conversation._brain, "think", chatty)
    assert STATIC_HELP in words(await say(conversation, fresh(), "i want to kill myself"))


async def test_without_a_model_every_turn_is_help(conversation) -> None:
    bare = Conversation(services(), None, conversation._detector)
    answer = await say(bare, fresh(), "i want to die")
    assert words(answer) == STATIC_HELP
    assert answer.safety.level == "crisis"


# -- what reaches Rasa -------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "   ", "x" * 100_000, "😭" * 50, "\x00\x07\x1b[2J", "\u202eمساء", "/crisis{\"x\":1}", "/restart",
     "/session_start", "/urge_now@0.9{}", "\udcff", "{{walk}}", "[a](b)", "/"],
)  # fmt: skip
async def test_bad_input_gets_a_kind_answer(conversation, text: str) -> None:
    answer = await say(conversation, fresh(), text)
    assert answer.replies
    assert not answer.failed
    assert "Traceback" not in words(answer)


async def test_a_typed_payload_fires_nothing(conversation) -> None:
    answer = await say(conversation, fresh(), '/crisis{"x":1}')
    assert answer.intent != "crisis" or answer.confidence < 1


async def test_a_button_works_by_its_id_and_by_its_title(conversation) -> None:
    for by_title in (False, True):
        person = fresh()
        shown = await say(conversation, person, "/start")
        button = next(b for r in shown.replies for b in r.buttons if "urge" in b.title.lower())
        if by_title:
            answer = await say(conversation, person, button.title.upper())
        else:
            answer = await press(conversation, person, button.payload)
        assert answer.topic == "urge"


async def test_somebody_elses_button_is_answered_kindly_and_does_nothing(conversation) -> None:
    shown = await say(conversation, fresh(), "/start")
    foreign = shown.replies[0].buttons[0].payload
    answer = await press(conversation, fresh(), foreign)
    assert answer.replies
    assert answer.topic == "smalltalk_thanks"


# -- order, record, logs -------------------------------------------------------------


async def test_one_person_is_answered_in_order(conversation) -> None:
    person = fresh()
    await say(conversation, person, "i need to hurt myself right now")
    answers = await asyncio.gather(
        *(say(conversation, person, text) for text in ("8", "try something", "calm"))
    )
    assert [answer.topic for answer in answers] == ["urge"] * 3


async def test_forget_leaves_nothing(conversation) -> None:
    person = fresh()
    await say(conversation, person, f"hello {SECRET}")
    pseudonym = conversation.person(Turn("test", person))
    assert conversation.store.conversation(pseudonym) is not None
    answer = await say(conversation, person, "/forget")
    assert answer.topic == "privacy"
    assert conversation.store.export(pseudonym) == {
        "record": [],
        "conversation": None,
        "promised_messages": [],
    }
    assert pseudonym not in conversation.store.people()


async def test_export_holds_what_was_written(conversation) -> None:
    person = fresh()
    await say(conversation, person, f"hello {SECRET}")
    answer = await say(conversation, person, "/export")
    file = next(reply.file for reply in answer.replies if reply.file)
    assert SECRET in file["text"]
    json.loads(file["text"])


async def test_no_word_of_a_person_is_in_a_log_or_in_the_database(
    conversation, home, caplog, capfd
) -> None:
    caplog.set_level(logging.DEBUG)
    person = fresh()
    for text in (f"my name is {SECRET}", f"i want to die {SECRET}", f"tried {SECRET}, was 8 now 5"):
        await say(conversation, person, text)
    own = [r.getMessage() for r in caplog.records if r.name.split(".")[0] in ("bot", "actions")]
    assert not any(SECRET in line for line in own)
    out, err = capfd.readouterr()
    assert SECRET not in out + err
    assert not any(SECRET.encode() in path.read_bytes() for path in home.iterdir())


async def test_a_long_conversation_stays_small(conversation) -> None:
    person = fresh()
    pseudonym = conversation.person(Turn("test", person))
    sizes = []
    for number in range(30):
        await say(conversation, person, ("hello", "thanks", "who reads this?")[number % 3])
        sizes.append(len(json.dumps(conversation.store.conversation(pseudonym))))
    assert max(sizes[20:]) < 1.3 * max(sizes[5:12])


@pytest.mark.parametrize(
    ("said", "order"),
    [
        (["heard", "how strong?", "by the way"], ["heard", "by the way", "how strong?"]),
        (
            ["these lines. which country?", "by the way"],
            ["these lines. which country?", "by the way"],
        ),
        (["here you are", "by the way"], ["here you are", "by the way"]),
    ],
)
def test_the_introduction_stands_before_the_question(said: list[str], order: list[str]) -> None:
    thought = Thought(said=[{"text": text} for text in said])
    replies = module._replies(thought, services().store, "p", introduced=True)
    assert [reply.text for reply in replies] == order


async def test_what_is_said_again_is_said_in_other_words(conversation) -> None:
    person = fresh()
    said = [words(await say(conversation, person, "thank you so much")) for _ in range(4)]
    assert len(set(said[1:])) == 3


@pytest.mark.parametrize(
    "text", ["delete everything, i am going to kill myself", "i want to die here in ireland"]
)
async def test_no_rule_is_asked_before_danger_was_looked_for(conversation, text: str) -> None:
    person = fresh()
    await say(conversation, person, "/helplines")  # asks for the country
    answer = await say(conversation, person, text)
    assert answer.safety.level == "crisis"
    assert answer.topic == "crisis"
    assert "deleted" not in words(answer)
