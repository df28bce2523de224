"""Pictures of pages to words, upright and straight, in parallel."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from resume_processor.documents.ocr import engine
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.recognised import Recognised, layout_words
from resume_processor.layout.document_language import language_of
from resume_processor.layout.lines import Word

#: Under this confidence (0..100), or with fewer words, the picture may be turned or too small.
_GOOD = 75.0
_FEWEST_WORDS = 20
#: Resolution, in dots an inch, under which a picture is enlarged for a second try, and the most.
_LEAST_DPI, _MOST_DPI = 150.0, 300.0
#: Lines that rise or fall by more than this part of their length are read again from a straight
#: picture: words of neighbouring lines stand at one height, and whole lines are missed.
_CROOKED = 0.02
#: ISO 639-1 code → the languages, as the engine names them, in which such a page is read again.
_LANGUAGES = {"fr": ("fra", "eng"), "es": ("spa", "eng"), "pt": ("por", "eng")}
#: Threads that read pages; the engine gives up the interpreter's lock.
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Words of a page, and the page's size in points.

    ``turned``: degrees clockwise by which the picture was turned for the words to stand so.
    """

    words: list[Word]
    width: float
    height: float
    turned: float = 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read, on which picture, and how."""

    recognised: Recognised
    picture: Picture
    turned: float  #: how far the picture was turned, in degrees clockwise
    locally: bool  #: see ``engine.recognise``


def read_pictures(pictures: Sequence[Picture]) -> list[ReadPicture]:
    """The words of each picture; none where no engine is installed."""
    if not engine.is_available():
        return [ReadPicture([], *picture.size) for picture in pictures]
    threads = min(len(pictures), os.cpu_count() or 1, _MOST_THREADS)
    if threads <= 1:
        return [_read(picture) for picture in pictures]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(_read, pictures))


def _read(picture: Picture) -> ReadPicture:
    if picture.dpi > _MOST_DPI:
        picture = picture.scaled(_MOST_DPI / picture.dpi)
    best = _first_reading(picture)
    if _is_poor(best.recognised):
        best = _second_try(best)
    if abs(best.recognised.slope) > _CROOKED:
        best = _best(best, _straightened(best))
    best = _in_its_language(best)
    left = _degrees(best.recognised.slope)  # the words are turned by that, the picture is not
    return ReadPicture(layout_words(best.recognised), *best.picture.size, best.turned - left)


def _first_reading(picture: Picture) -> _Reading:
    plain = _Reading(engine.recognise(picture), picture, 0.0, locally=False)
    if not picture.is_shaded:
        return plain
    seen = engine.recognise(picture, locally=True)
    return _best(plain, _Reading(seen, picture, 0.0, locally=True))


def _again(first: _Reading, picture: Picture, turned: float) -> _Reading:
    """Another picture of the page, read in the same way."""
    seen = engine.recognise(picture, locally=first.locally)
    return _Reading(seen, picture, turned, first.locally)


def _best(*readings: _Reading) -> _Reading:
    return max(readings, key=lambda one: one.recognised.worth)


def _in_its_language(first: _Reading) -> _Reading:
    """Read again, where the small words are those of a language whose accents were not known."""
    said = " ".join(word.text for word in first.recognised.words)
    languages = _LANGUAGES.get(language_of(said) or "")
    if languages is None:
        return first
    seen = engine.recognise(first.picture, locally=first.locally, languages=languages)
    return _best(first, replace(first, recognised=seen))


def _is_poor(recognised: Recognised) -> bool:
    if recognised.is_turned:
        return True
    return recognised.confidence < _GOOD or len(recognised.words) < _FEWEST_WORDS


def _second_try(first: _Reading) -> _Reading:
    """The best reading of the picture as it is, turned upright, and enlarged."""
    turn = engine.upright_turn(first.picture)
    readings = [first]
    if turn:
        readings.append(_again(first, first.picture.turned(turn), float(turn)))
    best = _best(*readings)
    if best.picture.dpi < _LEAST_DPI:
        readings.append(_again(best, best.picture.scaled(2.0), best.turned))
    return _best(*readings)


def _straightened(crooked: _Reading) -> _Reading:
    degrees = _degrees(crooked.recognised.slope)
    return _again(crooked, crooked.picture.turned(-degrees), crooked.turned - degrees)


def _degrees(slope: float) -> float:
    return math.degrees(math.atan(slope))
