"""Pictures of pages to words, upright and in parallel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from resume_processor.documents.ocr import engine
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.recognised import Recognised, layout_words
from resume_processor.layout.lines import Word

#: Under this confidence (0..100), or with fewer words, the picture may be turned or too small.
_GOOD = 75.0
_FEWEST_WORDS = 20
#: Resolution, in dots an inch, under which a picture is enlarged for a second try, and the most.
_LEAST_DPI, _MOST_DPI = 150.0, 300.0
#: Threads that read pages; the engine gives up the interpreter's lock.
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Words of a page, and the page's size in points."""

    words: list[Word]
    width: float
    height: float


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
    best, seen = engine.recognise(picture), picture
    if _is_poor(best):
        best, seen = _second_try(picture, best)
    return ReadPicture(layout_words(best), *seen.size)


def _is_poor(recognised: Recognised) -> bool:
    if recognised.is_turned:
        return True
    return recognised.confidence < _GOOD or len(recognised.words) < _FEWEST_WORDS


def _second_try(picture: Picture, first: Recognised) -> tuple[Recognised, Picture]:
    """The best reading of the picture as it is, turned upright, and enlarged."""
    turn = engine.upright_turn(picture)
    readings = [(first, picture)]
    if turn:
        turned = picture.turned(turn)
        readings.append((engine.recognise(turned), turned))
    _, seen = max(readings, key=lambda reading: reading[0].worth)
    if seen.dpi < _LEAST_DPI:
        larger = seen.scaled(2.0)
        readings.append((engine.recognise(larger), larger))
    return max(readings, key=lambda reading: reading[0].worth)
