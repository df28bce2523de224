"""Lists of skills, split fully.

A list is cut at its separators, then at slashes and at "and" where these part named tools, and at
spaces where nothing else parts them; brackets are opened where they hold a list; what a sentence
says around the skill is cut away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.fields.skill_phrases import (
    CLOSER,
    LEVEL,
    NO_SKILL,
    OPENER,
    SENTENCE,
    VERSION,
    VERSIONED,
    WITH_AND,
    WITH_SLASH,
)
from resume_processor.parsing.fields.spaced_skills import parts_of_spaced
from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_DIVIDER = re.compile(r"[,;/]")
_DIVIDER_OR_OPENING = re.compile(r"[,;/(]")
_COMMA = re.compile(r"[,;]")
_COMMA_OR_BAR = re.compile(r"[,;|]")
_SLASH_OR_AND = re.compile(r"/|\s(?:and|&)\s")
_NO_LETTER = re.compile(r"[^a-z]")
_LETTERS = re.compile(r"[a-z]+")
_SHARP = re.compile(r"[a-zA-Z][+#]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """``text[start:end]``."""

    start: int
    end: int
    spaced: bool = False  #: only spaces part it from others


#: The rule of a skill that only spaces part from the others of its list.
SPACED = "skills.spaced"

_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = "([{", ")]}"
#: Between two skills, wherever it stands.
_HARD = re.compile(r"[,;|•·●▪■◦►✓➢❖、，；\n\t]+|\s{3,}|(?<=[a-zA-Z]{4})\.\s+(?=[A-Z])|\s\\\s")
_SLASH = re.compile(r"\s*/\s*")
_AND = re.compile(r"\s+(?:and|&|und|et|y|e|sowie|ou|or|oder|i|oraz)\s+", re.IGNORECASE)
_DASH = re.compile(r"\s[–—-]{1,2}\s|(?<=\w)[–—-]{1,2}\s")
#: The heading of a group in front of its skills.
_GROUP = re.compile(r"\s*[^,;:()|]{2,48}?\s*(?:[–-]?:-?)(?!//|(?<=\d:)\d)[-–\s]*(?=\S)")
_STRAY = " \t\n\r.,;:|•·●▪■◦►✓➢❖*–—-_/\\\"'“”‘’"
#: From so many words on, and so many a part, a text with commas is a sentence.
_LONG, _WORDS_A_PART = 8, 3


def split_skills(text: str) -> tuple[Match, ...]:
    """The skills of a list or a sentence, in order.

    ``value`` is the skill as written, freed of what stands around it; "Windows XP, 7" gives
    "Windows XP" and "Windows 7". The heading of a group ("Tools:") is left out.
    """
    start = _after_group(text)
    if _is_sentence(text[start:]):
        pieces: Iterator[_Piece] = iter((_Piece(start, len(text)),))
    else:
        pieces = _pieces(text, start, len(text))
    found: list[Match] = []
    for piece in pieces:
        match = _skill(text, piece)
        if match is not None:
            found.append(_versioned(found, match))
    return tuple(found)


def _after_group(text: str) -> int:
    """Where the skills begin: behind "Tools:" or "Tools - A, B"."""
    group = _GROUP.match(text)
    if group is not None:
        return group.end()
    dash = _DASH.search(text)
    if dash is None or len(_DASH.findall(text)) > 1:
        return 0
    head = text[: dash.start()]
    is_list = _DIVIDER.search(text[dash.end() :]) and not _DIVIDER_OR_OPENING.search(head)
    return dash.end() if is_list and len(head.split()) <= 4 and not _is_tool(head) else 0


def _is_sentence(text: str) -> bool:
    words = text.split()
    parts = [part for part in _COMMA.split(text) if part.strip()]
    return (
        len(words) >= _LONG
        and len(words) >= _WORDS_A_PART * len(parts)
        and SENTENCE.match(fold(text.strip(_STRAY))) is not None
    )


# ---- cutting ----------------------------------------------------------------------------------


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    """What stands between separators; brackets with a list in them are opened."""
    for part in _between(text, start, end):
        inner = _bracket(text, part)
        if inner is None or not _holds_list(text, part, inner):
            yield from _finer(text, part)
            continue
        yield from _finer(text, _Piece(part.start, inner.start - 1))
        yield from _pieces(text, inner.start, inner.end)
        if text[inner.end : part.end].strip(_STRAY + _CLOSING):
            yield from _pieces(text, inner.end + 1, part.end)


def _between(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The parts between separators that stand in no bracket."""
    depth, first, at = 0, start, start
    while at < end:
        depth = max(0, depth + (text[at] in _OPENING) - (text[at] in _CLOSING))
        match = _HARD.match(text, at, end) if depth == 0 else None
        if match is not None:
            yield _Piece(first, at)
            first = at = match.end()
        else:
            at += 1
    yield _Piece(first, end)


def _bracket(text: str, part: _Piece) -> _Piece | None:
    """What stands inside the first bracket of the part."""
    first = next((i for i in range(part.start, part.end) if text[i] in _OPENING), None)
    if first is None:
        return None
    depth = 0
    for at in range(first, part.end):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if depth == 0:
            return _Piece(first + 1, at)
    return _Piece(first + 1, part.end)


def _holds_list(text: str, part: _Piece, inner: _Piece) -> bool:
    """Whether the bracket lists skills: "Java (Spring, Hibernate)", and does not explain one."""
    inside = text[inner.start : inner.end].strip()
    if not text[part.start : inner.start - 1].strip(_STRAY):
        return True
    if _COMMA_OR_BAR.search(inside):
        return True
    if _SLASH_OR_AND.search(inside):
        return all(_is_tool(p) for p in _SLASH_OR_AND.split(inside))
    return _is_tool(inside) and not _is_abbreviation(text[part.start : inner.start - 1], inside)


def _is_abbreviation(head: str, inside: str) -> bool:
    """Whether the bracket abbreviates the words before it: "Object Oriented Programming (OOP)"."""
    letters = _NO_LETTER.sub("", fold(inside))
    initials = "".join(word[0] for word in _LETTERS.findall(fold(head)))
    return len(initials) >= 2 and len(letters) <= 6 and letters[:1] == initials[:1]


def _finer(text: str, part: _Piece) -> Iterator[_Piece]:
    """Cut at slashes, at "and" and at spaces where these part skills."""
    if spaced := _at_spaces(text, part):
        yield from spaced
        return
    for piece in _cut(text, part, _SLASH, _parts_at_slash):
        yield from _cut(text, piece, _AND, _parts_at_and)


def _at_spaces(text: str, part: _Piece) -> list[_Piece]:
    words = list(_WORD.finditer(text, part.start, part.end))
    parts = parts_of_spaced([word[0] for word in words])
    return [_Piece(words[a].start(), words[b - 1].end(), spaced=True) for a, b in parts]


def _cut(
    text: str, part: _Piece, pattern: re.Pattern[str], parts: Callable[[str], bool]
) -> list[_Piece]:
    written = text[part.start : part.end]
    if not pattern.search(written) or not parts(written):
        return [part]
    pieces, first = [], part.start
    for match in pattern.finditer(text, part.start, part.end):
        pieces.append(_Piece(first, match.start()))
        first = match.end()
    return [*pieces, _Piece(first, part.end)]


def _parts_at_slash(written: str) -> bool:
    """Whether the slashes part tools; those of one skill ("CAD/CAM") do not."""
    folded = fold(_bare(written)).strip(_STRAY)
    if "://" in written or WITH_SLASH.search(folded):
        return False
    parts = _SLASH.split(_bare(written).strip(_STRAY))
    if all(_is_tool(part) or VERSION.fullmatch(part) for part in parts):
        return True
    return " / " in written and all(1 <= len(part.split()) <= 3 for part in parts)


def _parts_at_and(written: str) -> bool:
    """Whether "and" parts two named tools."""
    bare = _bare(written).strip(_STRAY)
    if WITH_AND.search(fold(bare)):
        return False
    return all(_is_tool(part) for part in _AND.split(bare))


def _is_tool(part: str) -> bool:
    """Whether the words name a tool: at most three, and the first or the last is known as one."""
    words = part.replace("-", " ").split() if not is_a(part, WordClass.SKILL) else [part]
    if not 1 <= len(words) <= 3:
        return False
    return any(
        is_a(word, WordClass.SKILL) or bool(_SHARP.search(word)) for word in (words[0], words[-1])
    )


# ---- cleaning ---------------------------------------------------------------------------------


def _bare(written: str) -> str:
    """Without what a sentence says before the skill."""
    stripped = written.lstrip(_STRAY)
    opener = OPENER.match(fold(stripped))
    return stripped[opener.end() :] if opener else stripped


def _skill(text: str, piece: _Piece) -> Match | None:
    start, end = _stripped(text, piece.start, piece.end)
    while (opener := OPENER.match(fold(text[start:end]))) and opener.end() < end - start:
        start, end = _stripped(text, start + opener.end(), end)
    for pattern in (CLOSER, LEVEL):
        closer = pattern.search(fold(text[start:end]))
        if closer is not None and closer.start() > 0:
            start, end = _stripped(text, start, start + closer.start())
    value = " ".join(text[start:end].split())
    if not _is_skill(value):
        return None
    return Match(start, end, value, _rule(piece, start))


def _rule(piece: _Piece, start: int) -> str:
    if piece.spaced:
        return SPACED
    return "skills.sentence" if start > piece.start + 4 else "skills.list"


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Without marks on both sides; ".NET" keeps its dot, "(OOP)" its bracket."""
    while start < end and (text[start] in _STRAY or text[start] in _CLOSING):
        if text[start] == "." and text[start + 1 : start + 2].isalpha():
            break
        start += 1
    while end > start and text[end - 1] in _STRAY + _CLOSING:
        inside = text[start : end - 1]
        if text[end - 1] in _CLOSING and any(c in _OPENING for c in inside):
            break
        end -= 1
    if text[start : start + 1] in tuple(_OPENING) and not any(
        c in _CLOSING for c in text[start:end]
    ):
        return _stripped(text, start + 1, end)
    return start, end


def _is_skill(value: str) -> bool:
    if fold(value) in NO_SKILL or not any(c.isalnum() for c in value):
        return False
    return len(value) > 1 or value in "CRc" or value > "\u3000" or value.isdigit()


def _versioned(found: Sequence[Match], match: Match) -> Match:
    """A version alone with the product that was named before it."""
    if not found or not VERSION.fullmatch(match.value):
        return match
    before = VERSIONED.fullmatch(found[-1].value)
    if before is None:
        return match
    return Match(match.start, match.end, f"{before['name']} {match.value}", "skills.version")
