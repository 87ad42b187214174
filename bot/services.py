"""The parts that actions and channels share, made once a process."""

from dataclasses import dataclass
from functools import lru_cache

from bot.content.helplines import Directory, load_directory
from bot.content.languages import Languages, load_languages
from bot.content.questions import Question, load_questions
from bot.content.strategies import Strategies, load_strategies
from bot.content.topics import topic_of_intents
from bot.conversation.thread import Topics
from bot.conversation.walks import Walk, load_walks
from bot.record.store import Store
from bot.record.vault import load_vault
from bot.settings import Settings, settings


@dataclass(frozen=True)
class Services:
    """What an action may use."""

    settings: Settings
    store: Store
    helplines: Directory
    strategies: Strategies
    walks: dict[str, Walk]
    questions: dict[str, Question]
    topics: Topics
    languages: Languages


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process.

    Raises:
        KeyProblem, StoreProblem, ValueError: with a text that names the cure.
    """
    in_force = settings()
    store = Store(in_force.store_url, load_vault(in_force))
    store.migrate()
    walks = load_walks(in_force.data / "walks")
    questions = load_questions(in_force.data / "questions")
    return Services(
        settings=in_force,
        store=store,
        helplines=load_directory(in_force.data / "helplines", in_force.helplines),
        strategies=load_strategies(in_force.data / "strategies.yml"),
        walks=walks,
        questions=questions,
        topics=Topics(topic_of_intents(in_force.data / "topics.yml"), walks, questions),
        languages=load_languages(in_force.data / "languages.yml"),
    )
