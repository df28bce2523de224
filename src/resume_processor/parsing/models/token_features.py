"""Features of tokens, for the models that find the values.

A token sees itself and its neighbours, the part of its line that it stands in (parts end at wide gaps
and at marks such as "|" or ","), its line and the lines around it, and what the line model said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.models.line_features import step
from resume_processor.parsing.models.tokens import Token
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.models.vocabulary import Vocabulary

#: Marks that end a part of a line.
SEPARATORS = frozenset("|,;:•·/–—()[]►▪→")
#: Tokens before and after that a token sees, with all they are and with their word only.
NEAR = (-2, -1, 1, 2)
FAR = (-3, 3)

_RUN = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens ``first`` to ``stop - 1`` of a line, without a separator between them."""

    first: int
    stop: int
    opener: str  #: the mark before the part: a separator, "gap", or "start" of the line


def token_features(
    seen: DocumentView, vocabulary: Vocabulary, line_says: Sequence[Sequence[str]]
) -> list[list[str]]:
    """The features of every token; ``line_says`` holds features from the line model, by line."""
    words = [_word_features(token.text, vocabulary) for token in seen.tokens]
    around = _line_surroundings(seen, vocabulary)
    features: list[list[str]] = []
    for index, line in enumerate(seen.lines):
        shared = [*around[index], *line_says[index]]
        parts = list(_parts(seen.tokens, line))
        classes = [_part_classes(seen.tokens, part, vocabulary) for part in parts]
        dates = _date_features(line)
        for number, part in enumerate(parts):
            of_part = _part_features(parts, classes, number)
            for at in range(part.first, part.stop):
                found = ["bias", *words[at].own, *shared, *of_part]
                found += dates.get(at, ())
                found += _position(seen, line, part, at)
                found += _neighbours(words, at, line)
                features.append(found)
    return features


# ---- the word --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _WordFeatures:
    own: tuple[str, ...]
    near: dict[int, tuple[str, ...]]
    word: str


def _word_features(text: str, vocabulary: Vocabulary) -> _WordFeatures:
    known = text.casefold() in vocabulary
    return _make_word_features(text, known, vocabulary.suffix(text.casefold()))


@lru_cache(maxsize=50_000)
def _make_word_features(text: str, known: bool, suffix: str | None) -> _WordFeatures:
    lower = text.casefold()
    word = lower if known else "?"
    shape = shape_of(text)
    base = [f"w={word}", f"s={shape}"]
    base += [f"c={name}" for name in Vocabulary.classes(lower)]
    own = list(base)
    if suffix is not None:
        own.append(f"x={suffix}")
    near = {offset: tuple(f"{offset}|{feature}" for feature in base) for offset in NEAR}
    near |= {offset: (f"{offset}|w={word}",) for offset in FAR}
    return _WordFeatures(tuple(own), near, word)


def shape_of(text: str) -> str:
    """The kinds of characters of a word, long runs shortened: "Xx", "dddd", "X.X"."""
    kinds = "".join(
        "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in text[:12]
    )
    if kinds.isdigit() or set(kinds) == {"d"}:
        return kinds
    return _RUN.sub(r"\1", kinds)


# ---- parts of a line -------------------------------------------------------------------------


def _parts(tokens: Sequence[Token], line: LineView) -> Iterator[Part]:
    """The parts of a line; a separator stands in a part of its own."""
    first, opener = line.first, "start"
    for at in range(line.first, line.stop):
        token = tokens[at]
        if token.text in SEPARATORS or token.text == "-" and _free_standing(tokens, at):
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


def _part_classes(
    tokens: Sequence[Token], part: Part, vocabulary: Vocabulary
) -> tuple[str, ...]:
    found = {
        name
        for at in range(part.first, part.stop)
        for name in vocabulary.classes(tokens[at].text.casefold())
    }
    return tuple(sorted(found))


def _part_features(
    parts: Sequence[Part], classes: Sequence[tuple[str, ...]], number: int
) -> list[str]:
    part = parts[number]
    found = [
        f"p:open={part.opener}",
        f"p:len={step(part.stop - part.first, 2, 3, 4, 6, 9)}",
        f"p:at={min(number, 4)}",
        f"p:of={min(len(parts), 6)}",
    ]
    found += [f"p:c={name}" for name in classes[number]]
    before = _other_part(parts, number, -1)
    after = _other_part(parts, number, 1)
    found += [f"p-1:c={name}" for name in (classes[before] if before is not None else ())]
    found += [f"p+1:c={name}" for name in (classes[after] if after is not None else ())]
    found.append(f"p:close={parts[after].opener if after is not None else 'end'}")
    return found


def _other_part(parts: Sequence[Part], number: int, direction: int) -> int | None:
    """The next part that is no separator."""
    at = number + direction
    while 0 <= at < len(parts):
        if parts[at].opener != "mark":
            return at
        at += direction
    return None


# ---- the line and its surroundings -----------------------------------------------------------


def _line_surroundings(seen: DocumentView, vocabulary: Vocabulary) -> list[list[str]]:
    """What a token gets from its own line and from the two lines before and after."""
    own = [_line_gist(line) for line in seen.lines]
    classes = [_line_classes(seen, line, vocabulary) for line in seen.lines]
    since = _lines_since_date(seen.lines)
    until = _lines_since_date(seen.lines[::-1])[::-1]
    found: list[list[str]] = []
    for index, line in enumerate(seen.lines):
        features = [f"l:{gist}" for gist in own[index]]
        features += [f"l:c={name}" for name in classes[index]]
        features += _key_features(line, vocabulary)
        features += [f"since={step(since[index], 1, 2, 3, 5, 9)}"]
        features += [f"until={step(until[index], 1, 2, 3, 5, 9)}"]
        for offset in (-2, -1, 1, 2):
            other = index + offset
            if 0 <= other < len(own):
                features += [f"l{offset}:{gist}" for gist in own[other]]
                if abs(offset) == 1:
                    features += [f"l{offset}:c={name}" for name in classes[other]]
        found.append(features)
    return found


def _line_gist(line: LineView) -> list[str]:
    look = line.look
    found = [
        f"size={step(look.size, 0.97, 1.04, 1.3)}",
        f"bold={step(look.bold, 0.05, 0.5, 0.98)}",
        f"words={step(len(line.line.words), 2, 4, 7, 11)}",
        f"gap={step(look.gap_before, -0.9, 0.25, 0.6, 1.0)}",
        f"indent={step(look.indent, 0.5, 3, 8)}",
    ]
    found += [f"date={date.kind}" for date in line.dates[:1]]
    found += [
        name
        for name, holds in (
            ("bullet", line.line.bullet is not None),
            ("heading", line.heading is not None),
            ("parts", bool(line.parts)),
            ("caps", line.text.isupper()),
            ("stop", line.text.endswith(".")),
        )
        if holds
    ]
    cell = line.line.cell
    if cell is not None:
        found.append(f"column={min(cell.column, 5)}")
        found.append(f"row={min(cell.row, 2)}")
    return found


def _line_classes(
    seen: DocumentView, line: LineView, vocabulary: Vocabulary
) -> tuple[str, ...]:
    found = {
        name
        for token in seen.tokens[line.first : line.stop]
        for name in vocabulary.classes(token.text.casefold())
    }
    return tuple(sorted(found))


def _key_features(line: LineView, vocabulary: Vocabulary) -> list[str]:
    """Words of the key of a "key: value" line and of the header of the line's column."""
    found: list[str] = []
    if line.key and ":" in line.text:
        found += [f"k={word}" for word in line.key.split() if word in vocabulary]
    header = line.line.cell.header if line.line.cell else None
    if header:
        found += [f"h={word}" for word in header.casefold().split() if word in vocabulary]
    return found


def _lines_since_date(lines: Sequence[LineView]) -> list[int]:
    found: list[int] = []
    since = 99
    for line in lines:
        since = 0 if any(date.kind != "single" for date in line.dates) else since + 1
        found.append(since)
    return found


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
    found += [
        name
        for name, holds in (
            ("first", at == line.first),
            ("last", at == line.stop - 1),
            ("p:first", at == part.first),
            ("p:last", at == part.stop - 1),
            ("bold", word.bold),
            ("italic", word.italic),
            ("link", word.link is not None),
        )
        if holds
    ]
    if at > line.first:
        before = line.line.words[seen.tokens[at - 1].word]
        if (before.bold, before.italic, before.size) != (word.bold, word.italic, word.size):
            found.append("style-changes")
        if seen.tokens[at - 1].word == token.word:
            found.append("glued")
    return found


def _neighbours(words: Sequence[_WordFeatures], at: int, line: LineView) -> list[str]:
    found: list[str] = []
    for offset in (*NEAR, *FAR):
        other = at + offset
        if line.first <= other < line.stop:
            found += words[other].near[offset]
        elif 0 <= other < len(words):
            found.append(f"{offset}|{words[other].near[offset][0]}|other-line")
        else:
            found.append(f"{offset}|none")
    if at > line.first:
        found.append(f"w-1w={words[at - 1].word} {words[at].word}")
    if at + 1 < line.stop:
        found.append(f"ww+1={words[at].word} {words[at + 1].word}")
    return found
