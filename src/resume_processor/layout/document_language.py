"""The language of a document, from its small words."""

from __future__ import annotations

import re
from collections import Counter

#: Words that are frequent in one language and rare in the others, behind its ISO 639-1 code.
_SMALL_WORDS_TEXT = """
en the and of to in for with on from at by as is an my i have this that
fr le la les des et du une dans pour avec sur par au aux en est ce je mon
de der die das und von mit für im den des zu bei als auf ein eine dem zur
es el los las del y con para por una en al como su de la mi desde
pt os as do da dos das e com para por uma em na no ao como de meu
pl w i z na do oraz od dla się jest przez przy po ze jako lub
it il di e gli della del per con nel una dei delle alla presso che
nl de het en van een in met voor op bij als te aan door naar
"""
_SMALL_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words)
    for code, *words in (line.split() for line in _SMALL_WORDS_TEXT.strip().splitlines())
}
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Fewer small words than this say nothing.
_LEAST = 5


def language_of(text: str) -> str | None:
    """ISO 639-1 code, or None where the text does not say enough."""
    if len(_CHINESE.findall(text)) > 0.2 * max(1, len(text.replace(" ", ""))):
        return "zh"
    words = Counter(word.casefold() for word in _WORD.findall(text))
    counts = {code: sum(words[word] for word in small) for code, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _LEAST else None
