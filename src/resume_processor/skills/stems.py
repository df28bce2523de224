"""Light stems, so that "managing a team" and "team management" have words in common."""

from __future__ import annotations

from functools import lru_cache

from resume_processor.skills.tokens import tokens_of

#: Endings from long to short; what is left keeps at least ``_SHORTEST`` letters.
_ENDINGS = (
    "ational", "ization", "ytical", "ations", "ements", "ytics", "ation", "ement", "ments", "ances",
    "ences", "ities", "ytic", "ysis", "ment", "ance", "ence", "ings", "ions", "ants", "able",
    "ible",
    "ical", "ally", "ists", "ized", "izer", "izes", "yst", "yze", "ing", "ion", "ant", "ent", "ers",
    "ors", "ist", "ity", "ive", "ics", "ize", "ial", "ed", "er", "or", "al", "ic", "es", "ly", "s",
    "e", "y",
)  # fmt: skip
_SHORTEST = 4

#: Words that say nothing about what somebody can do.
_STOP_WORDS = (
    "a an and any are as at be been being but by can could do does e etc for from g had has have "
    "having he her him his i if in include included includes including into is it its me more most "
    "must my no nor not of on or other our out over own per she should so some such than that the "
    "their them then there these they this those through to too under up use used using very via "
    "was we were what when where which while who will with within would you your"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


@lru_cache(maxsize=65_536)
def stem_of(form: str) -> str:
    """The stem of a comparison form: endings off until none is left (engineering, engineer)."""
    stem = form
    while (shorter := _without_ending(stem)) != stem:
        stem = shorter
    return stem


def _without_ending(form: str) -> str:
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            return form[: -len(ending)]
    return form


def stems_of(text: str) -> tuple[str, ...]:
    """Stems of the words of a text that say something, in order."""
    return tuple(stem_of(token.form) for token in tokens_of(text) if token.form not in STOP_WORDS)
