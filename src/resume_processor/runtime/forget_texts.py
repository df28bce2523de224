"""Nothing that stood in a document stays in the memory of a process for the next one.

Reading, parsing and scoring remember what they found out about a word or a short line, because
documents repeat themselves. Between two documents that is worth little (emptying all of it costs
a per cent or two of a parse), and what is remembered are people's names and addresses.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

_PACKAGE = __name__.partition(".")[0]

#: What ``lru_cache`` makes of a function.
_CACHE = type(functools.cache(len))

#: A cache with room for so many is one of texts; smaller ones hold what is loaded once, and plans
#: of jobs.
FEWEST_TEXTS = 1_000


def forget_texts() -> None:
    """Empty every cache of texts of this package; safe at any time, in any thread."""
    for cache in caches_of_texts():
        cache.cache_clear()
    re.purge()  # patterns are made of names, too


def caches_of_texts() -> Sequence[Any]:
    """Those of all modules that are loaded by now."""
    return _caches_of(len(sys.modules))


@functools.lru_cache(maxsize=1)
def _caches_of(_modules: int) -> Sequence[Any]:
    # Looking through all modules takes a millisecond, and this comes after every document.
    return tuple(_found_caches())


def _found_caches() -> Iterator[Any]:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == _PACKAGE:
            yield from filter(_is_of_texts, list(vars(module).values()))


def _is_of_texts(value: Any) -> bool:
    if not isinstance(value, _CACHE):
        return False
    most = value.cache_parameters()["maxsize"]
    return most is not None and most >= FEWEST_TEXTS
