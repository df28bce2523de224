"""Labels in front of values: "Company: …", "Designation – …", "Date of birth : …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.passage import Passage, fold

_LABELLED = re.compile(r"^[^\w]*(?P<label>[^:：\n]{2,45}?)\s*(?:[:：]+\s*[-–—]*|\s[-–—]+\s)\s*")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label (folded, lower case) and what stands behind it."""

    label: str
    value: Passage


def labelled(passage: Passage) -> Labelled | None:
    """The passage taken apart at its label; None where there is none."""
    match = _LABELLED.match(passage.text)
    if match is None:
        return None
    return Labelled(fold(match["label"]).casefold(), passage.cut(match.end(), len(passage.text)))


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


def names(label: str, words: tuple[str, ...]) -> bool:
    """Whether the label holds one of the words (regular expressions)."""
    return _pattern(words).search(label) is not None
