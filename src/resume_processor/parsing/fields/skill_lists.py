"""A list of skills as written becomes single skills."""

from __future__ import annotations

import re

from resume_processor.parsing.fields.matches import Match

#: What separates items. A slash does so between spaces or long words only: "CI/CD" is one skill.
_SEPARATORS = re.compile(
    r"\s*(?:[,;|•·●▪■♦◦➢✓\n\t]|\s[-–—/]\s|(?<=[^\W\d_]{4})/(?=[^\W\d_]{4}))\s*"
)
#: "and" splits at the end of a list only.
_LAST_AND = re.compile(r"^\s*(?:and|&|und|et|y|e)\s+|\s+(?:and|&)\s+(?=[A-Z0-9])")
#: What a sentence puts before the skill in it.
_LEAD = re.compile(
    r"^(?:(?:i\s+(?:have|am)\s+)?(?:a\s+)?(?:very\s+)?"
    r"(?:good|sound|strong|basic|excellent|working|hands[- ]on|in[- ]depth|extensive|thorough|proven|solid|"
    r"advanced|deep|practical|some|expert)?\s*"
    r"(?:knowledge|understanding|experience|proficiency|proficient|skills?|skilled|expertise|"
    r"familiarity|familiar|command|exposure|ability|conversant|well versed|versed|experienced)\s+"
    r"(?:of|in|with|on|to|over|about|using)\s+(?:the\s+)?(?:use\s+of\s+)?)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\((?:basic|basics|advanced|intermediate|beginner|expert|proficient|fluent|good|"
    r"excellent)\)|[-–:]\s*(?:basic|advanced|intermediate|beginner|expert|proficient|\d+\s*(?:%|/\s*\d+))|etc\.?)\s*$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"^[^\W\d_][^:,;()]{1,40}:\s+")
_VERSION = re.compile(r"^\d+(?:\.\d+)*$|^(?:xp|vista|nt)$", re.IGNORECASE)
_EDGES = " \t.,;:-–—•·*'\"“”"


def split_skills(text: str) -> tuple[Match, ...]:
    """The single skills of a list or sentence, in order; a group's heading is left out.

    "Java (Spring, Hibernate)" is three, "Good knowledge of MS Office" is "MS Office".
    """
    group = _GROUP.match(text)
    start = group.end() if group else 0
    matches: list[Match] = []
    for part_start, part_end in _parts(text, start):
        match = _skill(text, part_start, part_end, matches)
        if match is not None:
            matches.append(match)
    return tuple(matches)


def _parts(text: str, start: int) -> list[tuple[int, int]]:
    """Spans between separators; brackets open a level of their own."""
    parts: list[tuple[int, int]] = []
    for piece_start, piece_end in _outside_brackets(text, start):
        at = piece_start
        for separator in _SEPARATORS.finditer(text, piece_start, piece_end):
            parts.append((at, separator.start()))
            at = separator.end()
        parts.append((at, piece_end))
    return [span for part in parts for span in _at_and(text, *part)]


def _outside_brackets(text: str, start: int) -> list[tuple[int, int]]:
    """Cuts at brackets that hold a list; "(basic)" stays with its skill."""
    pieces: list[tuple[int, int]] = []
    at = start
    for bracket in re.finditer(r"\(([^()]*)\)", text[start:]):
        begin, end = start + bracket.start(), start + bracket.end()
        if not re.search(r"[,;/&]|\band\b", bracket[1]):
            continue
        pieces += [(at, begin), (begin + 1, end - 1)]
        at = end
    return [*pieces, (at, len(text))]


def _at_and(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A last item is split at "and" where both sides are short names."""
    part = text[start:end]
    lead = re.match(r"\s*(?:and|&|und|et)\s+", part)
    if lead:
        return [(start + lead.end(), end)]
    joint = re.search(r"\s+(?:and|&)\s+", part)
    if joint and _is_tool(part[: joint.start()]) and _is_tool(part[joint.end() :]):
        return [(start, start + joint.start()), (start + joint.end(), end)]
    return [(start, end)]


def _is_tool(text: str) -> bool:
    """A short name of a thing: one or two words with a capital or a sign inside, not the first."""
    words = text.split()
    return 0 < len(words) <= 2 and any(re.search(r"[A-Z].*[A-Z]|[+#.\d]", word) for word in words)


def _skill(text: str, start: int, end: int, before: list[Match]) -> Match | None:
    raw = text[start:end]
    lead = _LEAD.match(raw.lstrip(_EDGES))
    skipped = len(raw) - len(raw.lstrip(_EDGES)) + (lead.end() if lead else 0)
    value = _TAIL.sub("", raw[skipped:]).strip(_EDGES)
    if value.count("(") != value.count(")"):
        value = value.strip("()")
    if not any(c.isalnum() for c in value):
        return None
    at = text.index(value, start) if value in raw else start
    if _VERSION.match(value) and before:
        family = before[-1].value.split()[0]
        return Match(at, at + len(value), f"{family} {value}", "skills.version")
    rule = "skills.sentence" if lead else "skills.list"
    return Match(at, at + len(value), value, rule)
