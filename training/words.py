"""Builds the vocabulary: the words and endings that models may know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.models.vocabulary import (
    LEAST_DOCUMENTS,
    SUFFIX_LENGTH,
    SUFFIX_MARK,
    Vocabulary,
)


def vocabulary_of(documents: Iterable[DocumentView]) -> Vocabulary:
    """Words and word endings that stand in at least ``LEAST_DOCUMENTS`` of the documents."""
    counts: Counter[str] = Counter()
    for document in documents:
        words = {token.text.casefold() for token in document.tokens}
        counts.update(words)
        counts.update(
            {
                SUFFIX_MARK + w[-SUFFIX_LENGTH:]
                for w in words
                if len(w) > SUFFIX_LENGTH and w.isalpha()
            }
        )
    return Vocabulary(word for word, count in counts.items() if count >= LEAST_DOCUMENTS)
