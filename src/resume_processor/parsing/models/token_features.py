"""Features of tokens, for the models that find the values.

A token sees itself and its neighbours, the part of its line that it stands in (parts end at wide
gaps and at marks such as "|" or ","), its line and the lines around it, and what the line model
said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.layout.lines import Word
from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.fields.organisations import (
    looks_like_organisation,
    looks_like_school,
)
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.models.crf import Item
from resume_processor.parsing.models.line_features import step
from resume_processor.parsing.models.line_labels import LineOdds, says
from resume_processor.parsing.models.line_surroundings import line_surroundings
from resume_processor.parsing.models.rule_marks import Marks
from resume_processor.parsing.models.tokens import Token
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.models.vocabulary import Vocabulary
from resume_processor.parsing.section_kind import SectionKind

#: Marks that end a part of a line.
SEPARATORS = frozenset("|,;:•·/–—()[]►▪→")
#: Tokens before and after that a token sees, with all they are and with their word only.
NEAR = (-2, -1, 1, 2)
FAR = (-3, 3)
#: Marks between a key and its value.
KEY_MARKS = frozenset(":-–—")
LONGEST_KEY = 4
#: Where parts are asked what they look like: lines of these sections, with this probability.
ENTRY_KINDS = (
    SectionKind.WORK,
    SectionKind.EDUCATION,
    SectionKind.CERTIFICATES,
    SectionKind.VOLUNTEER,
    SectionKind.PROJECTS,
)
LIKENESS_GATE = 0.08

_RUN = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens ``first`` to ``stop - 1`` of a line, without a separator between them."""

    first: int
    stop: int
    opener: str  #: the mark before the part: a separator, "gap", or "start" of the line


def token_features(
    seen: DocumentView, vocabulary: Vocabulary, odds: Sequence[LineOdds], marks: Marks
) -> list[Item]:
    """The features of every token; ``odds`` are the line model's, ``marks`` the rules'.

    A token's blocks: its word, what its line shares, what its part of the line shares, the rest.
    """
    each = {text: _word_features(text, vocabulary) for text in {t.text for t in seen.tokens}}
    words = [each[token.text] for token in seen.tokens]
    around = line_surroundings(seen, vocabulary)
    line_says = says(odds)
    features: list[Item] = []
    for index, line in enumerate(seen.lines):
        shared = [*around[index], *line_says[index]]
        parts = [PartView(part, _part_classes(words, part)) for part in parts_of(seen.tokens, line)]
        liked = _likeness(seen, line, parts, odds[index])
        dates = _date_features(line)
        for number, of_part in enumerate(_part_features(seen, vocabulary, parts, liked)):
            part = parts[number].part
            for at in range(part.first, part.stop):
                rest = [*dates.get(at, ()), *marks.get(at, ())]
                rest += _position(seen, line, part, at)
                rest += _neighbours(words, at, line)
                features.append((words[at].own, shared, of_part, rest))
    return features


# ---- the word --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _WordFeatures:
    own: tuple[str, ...]
    near: dict[int, tuple[str, ...]]
    elsewhere: dict[int, str]  #: what a token of another line sees of it
    word: str
    classes: frozenset[str]


def _word_features(text: str, vocabulary: Vocabulary) -> _WordFeatures:
    known = text.casefold() in vocabulary
    return _make_word_features(text, vocabulary.suffix(text.casefold()), known=known)


@lru_cache(maxsize=50_000)
def _make_word_features(text: str, suffix: str | None, *, known: bool) -> _WordFeatures:
    lower = text.casefold()
    word = lower if known else "?"
    shape = shape_of(text)
    base = [f"w={word}", f"s={shape}"]
    classes = Vocabulary.classes(lower)
    base += [f"c={name}" for name in classes]
    own = ["bias", *base]
    if suffix is not None:
        own.append(f"x={suffix}")
    near = {offset: tuple(f"{offset}|{feature}" for feature in base) for offset in NEAR}
    near |= {offset: (f"{offset}|w={word}",) for offset in FAR}
    elsewhere = {offset: f"{offset}|{seen[0]}|other-line" for offset, seen in near.items()}
    return _WordFeatures(tuple(own), near, elsewhere, word, frozenset(classes))


def shape_of(text: str) -> str:
    """The kinds of characters of a word, long runs shortened: "Xx", "dddd", "X.X"."""
    kinds = "".join(
        "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in text[:12]
    )
    if kinds.isdigit() or set(kinds) == {"d"}:
        return kinds
    return _RUN.sub(r"\1", kinds)


# ---- parts of a line -------------------------------------------------------------------------


def parts_of(tokens: Sequence[Token], line: LineView) -> Iterator[Part]:
    """The parts of a line; a separator stands in a part of its own."""
    first, opener = line.first, "start"
    for at in range(line.first, line.stop):
        token = tokens[at]
        if token.text in SEPARATORS or (token.text == "-" and _free_standing(tokens, at)):
            if at > first:
                yield Part(first, at, opener)
            yield Part(at, at + 1, "mark")
            first, opener = at + 1, token.text
        elif at > first and token.word in line.parts and token.word != tokens[at - 1].word:
            yield Part(first, at, opener)
            first, opener = at, "gap"
    if first < line.stop:
        yield Part(first, line.stop, opener)


def _free_standing(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    before = at > 0 and tokens[at - 1].word == word and tokens[at - 1].line == tokens[at].line
    return not before


def _part_classes(words: Sequence[_WordFeatures], part: Part) -> tuple[str, ...]:
    found: set[str] = set()
    return tuple(sorted(found.union(*(word.classes for word in words[part.first : part.stop]))))


@dataclass(frozen=True, slots=True)
class PartView:
    """A part and the word classes in it."""

    part: Part
    classes: tuple[str, ...]


def _likeness(
    seen: DocumentView, line: LineView, parts: Sequence[PartView], odds: LineOdds
) -> list[tuple[str, ...]]:
    """What each part looks like as a whole, in lines that may hold entries."""
    if sum(odds.sections.get(kind, 0.0) for kind in ENTRY_KINDS) < LIKENESS_GATE:
        return [()] * len(parts)
    return [looks_of(seen.tokens, line, view.part) for view in parts]


def looks_of(tokens: Sequence[Token], line: LineView, part: Part) -> tuple[str, ...]:
    """What a part of a line looks like as a whole, with how much so: "org=2"."""
    if part.opener == "mark":
        return ()
    return _looks_like(line.text[tokens[part.first].start : tokens[part.stop - 1].end])


@lru_cache(maxsize=20_000)
def _looks_like(text: str) -> tuple[str, ...]:
    return tuple(
        f"{name}={step(score, 0.25, 0.5, 0.75)}"
        for name, score in (
            ("title", looks_like_title(text)),
            ("org", looks_like_organisation(text)),
            ("school", looks_like_school(text)),
            ("place", looks_like_location(text)),
        )
        if score > 0.0
    )


def _part_features(
    seen: DocumentView,
    vocabulary: Vocabulary,
    parts: Sequence[PartView],
    liked: Sequence[tuple[str, ...]],
) -> Iterator[list[str]]:
    """The features that all tokens of a part share, part by part."""
    for number, view in enumerate(parts):
        part = view.part
        found = [
            f"p:open={part.opener}",
            f"p:len={step(part.stop - part.first, 2, 3, 4, 6, 9)}",
            f"p:at={min(number, 4)}",
            f"p:of={min(len(parts), 6)}",
            f"p:case={_case(seen, part)}",
        ]
        found += [f"p:c={name}" for name in view.classes]
        found += [f"p:{like}" for like in liked[number]]
        before = _other_part(parts, number, -1)
        after = _other_part(parts, number, 1)
        if before is not None:
            found += [f"p-1:c={name}" for name in parts[before].classes]
            found += [f"p-1:{like}" for like in liked[before]]
            found += _key_of(seen, vocabulary, part, parts[before].part)
        if after is not None:
            found += [f"p+1:c={name}" for name in parts[after].classes]
            found += [f"p+1:{like}" for like in liked[after]]
        found.append(f"p:close={parts[after].part.opener if after is not None else 'end'}")
        yield found


def _case(seen: DocumentView, part: Part) -> str:
    """How the words of a part are written: all "X", all "Xx", "x", or mixed."""
    kinds = set()
    for at in range(part.first, part.stop):
        text = seen.tokens[at].text
        if text[0].isalpha() and len(text) > 1:
            kinds.add("X" if text.isupper() else "Xx" if text[0].isupper() else "x")
    if len(kinds) == 1:
        return kinds.pop()
    return "mixed" if kinds else "none"


def _key_of(seen: DocumentView, vocabulary: Vocabulary, part: Part, before: Part) -> list[str]:
    """The words of the part before, where a colon or a dash makes it the key of this one."""
    if part.opener not in KEY_MARKS or before.stop - before.first > LONGEST_KEY:
        return []
    words = [seen.tokens[at].text.casefold() for at in range(before.first, before.stop)]
    return [f"p:key={word}" for word in words if word in vocabulary]


def _other_part(parts: Sequence[PartView], number: int, direction: int) -> int | None:
    """The next part that is no separator."""
    at = number + direction
    while 0 <= at < len(parts):
        if parts[at].part.opener != "mark":
            return at
        at += direction
    return None


# ---- the token in its line -------------------------------------------------------------------


def _date_features(line: LineView) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for date in line.dates:
        for at in range(date.first_token, date.last_token + 1):
            inside = "B" if at == date.first_token else "I"
            found[at] = [f"date={inside}", f"date={inside}:{date.kind}"]
    if line.dates:
        first, last = line.dates[0].first_token, line.dates[-1].last_token
        for at in range(line.first, line.stop):
            if at < first:
                found.setdefault(at, []).append("before-date")
            elif at > last:
                found.setdefault(at, []).append("after-date")
    return found


def _position(seen: DocumentView, line: LineView, part: Part, at: int) -> list[str]:
    token = seen.tokens[at]
    word = line.line.words[token.word]
    found = [f"i={step(at - line.first, 1, 2, 3, 5, 8, 12)}"]
    if at == line.first:
        found.append("first")
    if at == line.stop - 1:
        found.append("last")
    if at == part.first:
        found.append("p:first")
    if at == part.stop - 1:
        found.append("p:last")
    found += _style_of(word)
    if at > line.first:
        before = line.line.words[seen.tokens[at - 1].word]
        if (before.bold, before.italic, before.size) != (word.bold, word.italic, word.size):
            found.append("style-changes")
        if seen.tokens[at - 1].word == token.word:
            found.append("glued")
    return found


def _style_of(word: Word) -> Iterator[str]:
    if word.bold:
        yield "bold"
    if word.italic:
        yield "italic"
    if word.link is not None:
        yield "link"


def _neighbours(words: Sequence[_WordFeatures], at: int, line: LineView) -> list[str]:
    found: list[str] = []
    for offset in (*NEAR, *FAR):
        other = at + offset
        if line.first <= other < line.stop:
            found += words[other].near[offset]
        elif 0 <= other < len(words):
            found.append(words[other].elsewhere[offset])
        else:
            found.append(f"{offset}|none")
    if at > line.first:
        found.append(f"w-1w={words[at - 1].word} {words[at].word}")
    if at + 1 < line.stop:
        found.append(f"ww+1={words[at].word} {words[at + 1].word}")
    return found
