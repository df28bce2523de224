"""Words of job titles."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from resume_processor.parsing.lexicon.folding import word_set, words_of

#: Titles that a word must stand in.
_LEAST_TITLES = 12
#: … or end, which says more: "engineer", "nurse".
_LEAST_HEADS = 3
_PLAIN = word_set(
    "and the for with off out not all any who are was to in by on at of or de la le les et du des "
    "en el los las y e da do dos das und der die das von"
)


def title_words(folder: Path) -> frozenset[str]:
    """Words that name what somebody is, or many titles hold."""
    inside: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for title in _titles(folder):
        words = [w for w in words_of(title.partition(",")[0]) if w.isalpha() and len(w) > 2]
        inside.update(set(words))
        heads.update(words[-1:])
    return frozenset(
        word
        for word, count in inside.items()
        if (count >= _LEAST_TITLES or heads[word] >= _LEAST_HEADS) and word not in _PLAIN
    )


def _titles(folder: Path) -> Iterator[str]:
    path = folder / "find_job_titles/data/titles_combined.txt.gz"
    yield from gzip.decompress(path.read_bytes()).decode().splitlines()
    for person in sorted(folder.glob("mimesis/datasets/*/person.json")):
        if person.parent.name[:2] in {"en", "fr", "de", "es", "pt", "pl", "it", "nl"}:
            yield from json.loads(person.read_text("utf-8")).get("occupation", ())
