"""Keep frameworks that no part of Tideline uses out of the serving process.

Importing Rasa imports TensorFlow and the client libraries of chat and cloud
products, for components that our `config.yml` does not name: 440 MB of memory
and 7 s of start-up (`docs/pipeline.md`). Here their import yields an empty
stand-in, on which a class may be based but which cannot compute anything.
`TIDELINE_FULL_RASA=1` turns this off, for someone who adds such a component.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import MutableSequence
from typing import Any, Optional

UNUSED = frozenset(
    {
        "aiogram",
        "aio_pika",
        "boto3",
        "botocore",
        "fbmessenger",
        "keras",
        "mattermostwrapper",
        "pymongo",
        "rocketchat_API",
        "slack_sdk",
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "twilio",
        "webexteamssdk",
    }
)

ABSENT = frozenset({"tensorflow.experimental"})
"""Modules whose absence spaCy's thinc copes with, and whose stand-in it would call."""


class _Meta(type):
    """Lets a stand-in be subclassed, subscripted, used as decorator or in a type."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("_is_stand_in"):
            return super().__call__(*args, **kwargs)
        decorates = len(args) == 1 and not kwargs and callable(args[0])
        return args[0] if decorates else _stand_in("called")

    def __getitem__(cls, _item: Any) -> Any:
        return cls

    def __or__(cls, _other: Any) -> Any:
        return cls

    def __ror__(cls, _other: Any) -> Any:
        return cls


def _stand_in(name: str) -> Any:
    return _Meta(name, (Exception,), {"_is_stand_in": True})


class _StandInModule(types.ModuleType):
    __path__: MutableSequence[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, _path: Any = None, _target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.partition(".")[0] not in UNUSED:
            return None
        if fullname in ABSENT:
            raise ModuleNotFoundError(fullname, name=fullname)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return None


def leave_out_unused_frameworks() -> None:
    """Install the stand-ins; call before the first import of `rasa`."""
    if os.environ.get("TIDELINE_FULL_RASA") == "1" or "rasa" in sys.modules:
        return
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
