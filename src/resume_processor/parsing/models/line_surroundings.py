"""Features that all tokens of a line share: the line itself and the lines around it."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.models.line_features import step
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.models.vocabulary import Vocabulary


def line_surroundings(seen: DocumentView, vocabulary: Vocabulary) -> list[list[str]]:
    """What a token gets from its own line and from the two lines before and after."""
    own = [_line_gist(line) for line in seen.lines]
    classes = [_line_classes(seen, line, vocabulary) for line in seen.lines]
    openings = [_openings(seen, line, vocabulary) for line in seen.lines]
    since = _lines_since_date(seen.lines)
    until = _lines_since_date(seen.lines[::-1])[::-1]
    found: list[list[str]] = []
    for index, line in enumerate(seen.lines):
        features = [f"l:{gist}" for gist in own[index]]
        features += [f"l:c={name}" for name in classes[index]]
        features += _key_features(line, vocabulary)
        features += [f"since={step(since[index], 1, 2, 3, 5, 9)}"]
        features += [f"until={step(until[index], 1, 2, 3, 5, 9)}"]
        features += openings[index]
        for offset in (-2, -1, 1, 2):
            other = index + offset
            if 0 <= other < len(own):
                if abs(offset) == 1:
                    features += [f"l{offset}:{opening}" for opening in openings[other]]
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


def _line_classes(seen: DocumentView, line: LineView, vocabulary: Vocabulary) -> tuple[str, ...]:
    found = {
        name
        for token in seen.tokens[line.first : line.stop]
        for name in vocabulary.classes(token.text.casefold())
    }
    return tuple(sorted(found))


def _openings(seen: DocumentView, line: LineView, vocabulary: Vocabulary) -> list[str]:
    """The first word of a line and its classes."""
    for token in seen.tokens[line.first : line.stop]:
        if token.text[0].isalnum():
            word = token.text.casefold()
            found = [f"f:c={name}" for name in vocabulary.classes(word)]
            return [*found, f"f:w={word}"] if word in vocabulary else found
    return []


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
