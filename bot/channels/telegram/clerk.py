"""Carries one message from what came in to the last message of its answer."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from telegram.constants import ChatAction
from telegram.ext import ExtBot

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.inbound import Incoming
from bot.channels.telegram.keyboards import number_of
from bot.channels.telegram.offers import Offers
from bot.channels.telegram.outbound import Gone, Sender, from_value, to_parts, to_value
from bot.channels.telegram.words import Words
from bot.conversation.guard import Pace, clean
from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Reply, Turn
from bot.logs import where
from bot.record.errands import Errand, Errands
from bot.safety.detector import detector
from bot.safety.static_help import STATIC_HELP

logger = logging.getLogger(__name__)
TYPING_SECONDS = 4.0
"""Telegram shows "typing" for five seconds."""
STALE = "-"
"""No button has this id: the conversation answers it as one from before."""
LEFT_ALONE = ("utter_telegram_edited", "utter_telegram_forwarded")
"""Notes after which a text is not taken as a message, unless there is danger in it."""
BESIDE = {"privacy": "utter_telegram_privacy", "forget_data": "utter_telegram_forgotten"}
"""What Telegram adds to an answer: what it can see itself, and how a person clears the chat."""


class Clerk:
    """Has messages answered and delivers the answers."""

    def __init__(
        self, conversation: Conversation, bot: ExtBot, errands: Errands, words: Words
    ) -> None:
        self._conversation = conversation
        self._bot = bot
        self._errands = errands
        self._words = words
        self._sender = Sender(bot)
        self._offers = Offers()
        self._courtesies: set[asyncio.Task[None]] = set()
        self._asked_to_slow_down = Pace(1)

    async def carry(self, errand: Errand) -> None:
        """Answer, deliver, done. Never raises; a killed process goes on where it was."""
        chat = ""
        try:
            incoming = Incoming(**errand.value["incoming"])
            chat = incoming.chat
            if incoming.kind == "gone":
                await self._take_back_promises(errand.person)
            else:
                await self._answer(errand, incoming)
        except Gone:
            await self._take_back_promises(errand.person)
        except Exception as error:
            logger.error("a message could not be carried to its end%s", where(error))
            self._conversation.on_failure(CHANNEL)
            await self._sender.quietly(self._bot.send_message(chat, STATIC_HELP))
        await self._note("done", errand)

    async def tell_group(self, chat: str) -> None:
        """Say that this is for private talks, and go: nothing that is said there is kept."""
        text = self._words.say("utter_telegram_group")
        await self._sender.quietly(self._bot.send_message(int(chat), text))
        await self._sender.quietly(self._bot.leave_chat(int(chat)))

    async def acknowledge(self, incoming: Incoming) -> None:
        """Tell Telegram at once that a press has arrived, so that the button stops waiting."""
        if incoming.callback:
            await self._sender.quietly(self._bot.answer_callback_query(incoming.callback))

    # -- the answer --------------------------------------------------------------

    async def _answer(self, errand: Errand, incoming: Incoming) -> None:
        if "answer" not in errand.value:
            if self._offers.is_double_tap(incoming):
                return
            spent = {incoming.message} if incoming.message is not None else set()
            async with self._typing(incoming.chat):
                answer, moved = await self._think(errand, incoming)
            if moved:
                spent.update(self._offers.close(incoming.chat))
            for message in spent:
                call = self._bot.edit_message_reply_markup(int(incoming.chat), message)
                self._beside(self._sender.quietly(call))
            value = {**errand.value, "answer": to_value(answer.replies, answer.scale)}
            await self._note("answered", errand, value)
            errand = replace(errand, value=value)
        await self._deliver(errand, incoming)

    async def _think(self, errand: Errand, incoming: Incoming) -> tuple[Answer, bool]:
        """The answer, and whether the conversation has moved on from its last question."""
        note = Reply(self._words.say(incoming.note, errand.person)) if incoming.note else None
        danger = incoming.kind == "secondhand" and _danger(incoming.text)
        if note and not danger and (not incoming.text or incoming.note in LEFT_ALONE):
            return Answer((note,)), False
        stale = self._offers.is_stale(incoming)
        answer = await self._conversation.answer(self._turn(errand, incoming, stale))
        if answer.intent == "too_fast" and not self._asked_to_slow_down.allows(errand.person):
            return replace(answer, replies=()), False  # said once a minute: a flood is not fed
        about = answer.topic if answer.intent == "ask_question" else answer.intent
        if about in BESIDE:
            more = Reply(self._words.say(BESIDE[about], errand.person))
            first, *rest = answer.replies  # a question, if one follows, stays the last
            answer = replace(answer, replies=(first, more, *rest))
        if note and not danger:  # a picture with words under it
            answer = replace(answer, replies=(note, *answer.replies))
        return answer, not stale

    def _turn(self, errand: Errand, incoming: Incoming, stale: bool) -> Turn:
        text, pressed = incoming.text, incoming.pressed
        if pressed is not None:
            number = number_of(self._conversation.store.vault, errand.person, pressed)
            if stale:
                pressed = STALE
            elif number is not None:
                text, pressed = str(number), None
        return Turn(
            CHANNEL,
            incoming.chat,
            text,
            pressed,
            locale=incoming.locale,
            signal=incoming.signal,
            id=errand.key,
        )

    async def _deliver(self, errand: Errand, incoming: Incoming) -> None:
        replies, scale = from_value(errand.value["answer"])
        parts = to_parts(self._conversation.store.vault, errand.person, replies, scale)
        for number, part in enumerate(parts[errand.sent :], errand.sent + 1):
            message = await self._sender.send(incoming.chat, part, incoming.at)
            await self._note("sent", errand, number)
            if part.markup and message is not None:
                self._offers.add(incoming.chat, message)

    # -- courtesies --------------------------------------------------------------

    @asynccontextmanager
    async def _typing(self, chat: str) -> AsyncIterator[None]:
        over = asyncio.Event()

        async def show() -> None:
            while not over.is_set():
                await self._sender.quietly(self._bot.send_chat_action(int(chat), ChatAction.TYPING))
                try:
                    await asyncio.wait_for(over.wait(), TYPING_SECONDS)
                except asyncio.TimeoutError:
                    continue

        self._beside(show())
        try:
            yield
        finally:
            over.set()  # not cancelled: that would close a connection the answer can use

    def _beside(self, courtesy: Coroutine[Any, Any, None]) -> None:
        """Do something that the answer does not wait for."""
        task = asyncio.create_task(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    # -- the record --------------------------------------------------------------

    async def _note(self, step: str, errand: Errand, *values: object) -> None:
        """Write a step down; a failing store costs the guarantee, never the answer."""
        try:
            await asyncio.to_thread(getattr(self._errands, step), errand, *values)
        except Exception as error:
            logger.error("a step could not be written down%s", where(error))

    async def _take_back_promises(self, person: str) -> None:
        """Who has blocked the bot gets no message that it promised."""
        try:
            await asyncio.to_thread(self._conversation.store.cancel_promises, person)
        except Exception as error:
            logger.error("promises could not be taken back%s", where(error))


def _danger(text: str) -> bool:
    return detector().assess(clean(text).text).at_least("check_in")
