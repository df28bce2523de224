"""Targets of hyperlinks: sites, profiles, and the addresses behind "mailto:" and "tel:"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from resume_processor.parsing.values import Found, LabelledLine, PlacedWord

_CONFIDENCE = 0.9


def sites_of(lines: Iterable[LabelledLine]) -> Iterator[Found]:
    """The web addresses that words link to, each once a line."""
    yield from _targets(lines, ("http://", "https://"), "link.site", strip=False)


def mails_of(lines: Iterable[LabelledLine]) -> Iterator[Found]:
    """The e-mail addresses that words link to."""
    yield from _targets(lines, ("mailto:",), "link.mail", strip=True)


def phones_of(lines: Iterable[LabelledLine]) -> Iterator[Found]:
    """The phone numbers that words link to."""
    yield from _targets(lines, ("tel:",), "link.phone", strip=True)


def _targets(
    lines: Iterable[LabelledLine], schemes: tuple[str, ...], rule: str, *, strip: bool
) -> Iterator[Found]:
    for line in lines:
        words: dict[str, list[PlacedWord]] = {}
        for word in line.line.words:
            if word.link and word.link.casefold().startswith(schemes):
                words.setdefault(word.link, []).append(PlacedWord(word, line.line.page, line.index))
        for target, placed in words.items():
            text = unquote(target.split(":", 1)[1].split("?")[0]) if strip else target
            if text.strip("/ "):
                yield Found(text.strip(), tuple(placed), rule, _CONFIDENCE)
