"""Features of lines, for the model that finds the sections.

Each feature is a short string. Lexical ones go through the vocabulary, so that no model learns a
word that only a few people's resumes hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from resume_processor.layout.lines import LineRole
from resume_processor.parsing.models.crf import Item
from resume_processor.parsing.models.view import DocumentView, LineView
from resume_processor.parsing.models.vocabulary import Vocabulary
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.segment import segment

#: Lines before and after whose features a line sees.
WINDOW = (-3, -2, -1, 1, 2, 3)
#: Words at the start of a line that are features of their own.
OPENING_WORDS = 3


def line_features(seen: DocumentView, vocabulary: Vocabulary) -> list[Item]:
    """The features of each line of the document."""
    own = [_look(line) for line in seen.lines]
    words = [_words(seen, line, vocabulary) for line in seen.lines]
    places = _places(seen)
    headings = _headings_above(seen)
    styles = _heading_styles(seen.lines)
    rules = _rules_say(seen)
    features: list[Item] = []
    for index, line in enumerate(seen.lines):
        found = ["bias", *own[index], *words[index], *places[index], *headings[index]]
        found += rules[index]
        if _style(line) in styles:
            found.append("heading-style")
        for offset in WINDOW:
            other = index + offset
            if 0 <= other < len(own):
                found += [f"{offset}|{feature}" for feature in own[other]]
                if abs(offset) == 1:
                    found += [f"{offset}|{feature}" for feature in words[other]]
            else:
                found.append(f"{offset}|none")
        features.append((found,))
    return features


def step(value: float, *limits: float) -> int:
    """How many of the ascending limits the value reaches: a number made coarse."""
    count = 0
    for limit in limits:
        if value < limit:
            break
        count += 1
    return count


def _look(line: LineView) -> list[str]:
    look, text = line.look, line.text
    letters = [c for c in text if c.isalpha()]
    capital = sum(c.isupper() for c in letters) / len(letters) if letters else 0.0
    count = len(line.line.words)
    found = [
        f"size={step(look.size, 0.9, 0.97, 1.04, 1.15, 1.35, 1.7)}",
        f"bold={step(look.bold, 0.05, 0.5, 0.98)}",
        f"caps={step(capital, 0.05, 0.12, 0.3, 0.6, 0.97)}",
        f"words={step(count, 2, 3, 4, 6, 9, 13)}",
        f"gap={step(look.gap_before, -0.9, 0.25, 0.6, 1.0, 1.6)}",
        f"indent={step(look.indent, 0.5, 1.5, 3, 6, 12)}",
        f"fill={step(look.fill, 0.15, 0.3, 0.5, 0.75, 0.92)}",
    ]
    found += [
        name
        for name, holds in (
            ("italic", look.italic > 0.5),
            ("coloured", look.coloured),
            ("bullet", line.line.bullet is not None),
            ("numbered", line.line.bullet is not None and line.line.bullet[:1].isdigit()),
            ("email", line.email),
            ("phone", line.phone),
            ("url", line.url),
            ("parts", bool(line.parts)),
            ("colon-end", text.endswith(":")),
            ("colon", ":" in text[:-1]),
            ("bar", "|" in text),
            ("stop", text.endswith(".")),
            ("commas", text.count(",") >= 2),
            ("digits", any(c.isdigit() for c in text)),
            ("lower", text[:1].islower()),
        )
        if holds
    ]
    found += _format_says(line)
    found += [f"date={date.kind}" for date in line.dates[:1]]
    if line.heading:
        found.append(f"heading={line.heading}")
    if line.key_section:
        found.append(f"key-section={line.key_section}")
    return found


def _format_says(line: LineView) -> list[str]:
    found = [] if line.line.role is LineRole.BODY else [f"role={line.line.role}"]
    cell = line.line.cell
    if cell is not None:
        found += ["cell", f"column={min(cell.column, 4)}", f"row={min(cell.row, 2)}"]
    return found


def _words(seen: DocumentView, line: LineView, vocabulary: Vocabulary) -> list[str]:
    tokens = seen.tokens[line.first : line.stop]
    lower = [token.text.casefold() for token in tokens]
    found = [f"w={word}" for word in sorted(set(lower)) if word in vocabulary]
    opening = [word for word in lower if word[0].isalnum()][:OPENING_WORDS]
    found += [f"w{at}={word}" for at, word in enumerate(opening) if word in vocabulary]
    if len(opening) > 1 and all(word in vocabulary for word in opening[:2]):
        found.append(f"w01={opening[0]} {opening[1]}")
    if lower and lower[-1] in vocabulary:
        found.append(f"w-1={lower[-1]}")
    counts: Counter[str] = Counter()
    for word in lower:
        counts.update(vocabulary.classes(word))
    total = max(sum(1 for word in lower if word[0].isalnum()), 1)
    for name in sorted(counts):
        found.append(f"c={name}")
        found.append(f"c={name}:{step(counts[name] / total, 0.2, 0.4, 0.7)}")
    header = line.line.cell.header if line.line.cell else None
    if header:
        found += [
            f"h={word}" for word in sorted(set(header.casefold().split())) if word in vocabulary
        ]
    return found


def _places(seen: DocumentView) -> list[list[str]]:
    count = len(seen.lines)
    found: list[list[str]] = []
    for index, line in enumerate(seen.lines):
        found.append(
            [
                f"at={step(index / count, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95)}",
                f"top={min(index, 5)}",
                f"end={min(count - 1 - index, 5)}",
                f"page={min(line.line.page, 3)}",
                f"col={min(line.line.column, 2)}",
                f"depth={step(line.look.depth, 0.1, 0.2, 0.8, 0.95)}",
            ]
        )
    return found


def _headings_above(seen: DocumentView) -> list[list[str]]:
    """The section that the last known heading above announced, and how far above it stands."""
    found: list[list[str]] = []
    kind: SectionKind | None = None
    before: SectionKind | None = None
    since = 0
    for line in seen.lines:
        since += 1
        if line.heading is not None:
            before, kind, since = kind, line.heading, 0
        under = kind or "none"
        found.append(
            [
                f"under={under}",
                f"under={under}:{step(since, 1, 2, 3, 6, 12, 25)}",
                f"before={before or 'none'}>{under}",
            ]
        )
    return found


def _rules_say(seen: DocumentView) -> list[list[str]]:
    """The section of each line by the rules, and the one of the line below."""
    kinds = [f"{line.kind}{':H' if line.is_heading else ''}" for line in segment(seen.document)]
    return [
        [f"rule={kind}", f"rule={kind}>{below}"]
        for kind, below in zip(kinds, [*kinds[1:], "end"], strict=True)
    ]


def _style(line: LineView) -> tuple[int, bool, bool, bool]:
    look = line.look
    return round(look.size * 20), look.bold > 0.9, line.text.isupper(), look.coloured


def _heading_styles(lines: Sequence[LineView]) -> frozenset[tuple[int, bool, bool, bool]]:
    """The styles of the lines that are headings by their words, the body's own style left out."""
    styles = Counter(_style(line) for line in lines)
    headings = Counter(_style(line) for line in lines if line.heading)
    return frozenset(
        style for style, count in headings.items() if count >= 2 and count >= 0.3 * styles[style]
    )
