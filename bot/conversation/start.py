"""Puts the parts together into a conversation that channels can use."""

import logging
import threading

from bot.conversation.brain import Brain, ModelProblem
from bot.conversation.service import Conversation
from bot.logs import where
from bot.nlu.encoder import encoder
from bot.nlu.foreign import foreign
from bot.nlu.language import english
from bot.safety.detector import detector
from bot.services import services

logger = logging.getLogger(__name__)


def start(model_needed: bool = True) -> Conversation:
    """The conversation of this process.

    Args:
        model_needed: raise when there is no model; otherwise start without one,
            answer every turn with the static help, and say why in `problem`.

    Raises:
        ModelProblem, KeyProblem, StoreProblem, ValueError: the text names the cure.
    """
    parts = services()
    brain, problem = None, ""
    try:
        brain = Brain(parts.settings, parts.store, parts.topics)
    except ModelProblem as found:
        if model_needed:
            raise
        problem = str(found)
    else:
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    conversation = Conversation(parts, brain, detector())
    conversation.problem = problem
    return conversation


def _warm_up() -> None:
    """Load what is loaded at first use, so that nobody's first message waits for it."""
    try:
        encoder().one("warm up")
        detector().assess("i want to die")  # a sign, so that the words around it are read too
        english()
        foreign("warm up")
    except Exception as error:  # met again, and answered with help, in the turn that needs it
        logger.error("warming up failed%s", where(error))
