"""Tesseract, in this process; the engine comes in a wheel, its data from ``language_data``."""

from __future__ import annotations

import importlib
import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from resume_processor.documents.ocr.language_data import as_asked_for, language_files
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.recognised import Recognised, RecognisedWord, without_noise

#: Ink is told from paper once for a page (Otsu), or by what is around it (Sauvola).
_OTSU, _SAUVOLA = "0", "2"
#: A row's height is this part of the font size.
_ROW_HEIGHT = 0.9
#: Languages of a page of which nothing is known yet.
FIRST_LANGUAGES = ("eng", "deu")

_local = threading.local()


def is_available() -> bool:
    """Whether the engine and data for at least one language are installed."""
    return importlib.util.find_spec("tesserocr") is not None and bool(language_files())


def languages() -> tuple[str, ...]:
    """The languages that can be read, as Tesseract names them."""
    return tuple(language_files())


def _engine(languages: Sequence[str] = FIRST_LANGUAGES) -> tuple[Any, Any]:
    """The library, and this thread's engine for the languages; it takes 0.3 s to make."""
    # More threads of its own make a page slower; pages run in parallel instead.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    library = importlib.import_module("tesserocr")
    engines: dict[Sequence[str], Any] = _local.__dict__.setdefault("engines", {})
    if languages not in engines:
        folder, names = as_asked_for(languages)
        engines[languages] = library.PyTessBaseAPI(
            path=folder,
            lang=names,
            psm=library.PSM.AUTO,
            oem=library.OEM.LSTM_ONLY,
        )
    return library, engines[languages]


def recognise(
    picture: Picture, *, locally: bool = False, languages: Sequence[str] = FIRST_LANGUAGES
) -> Recognised:
    """The words of a picture whose text is upright, and how sure the engine is of them.

    Of the ``languages``, the first one is tried first; those that are not installed are left out.
    ``locally``: what is ink is told from the light around it. That reads photos with shadows, and
    pages of coloured parts a little worse.
    """
    library, engine = _engine(languages)
    engine.SetPageSegMode(library.PSM.AUTO)
    engine.SetVariable("thresholding_method", _SAUVOLA if locally else _OTSU)
    _give(engine, picture)
    try:
        engine.Recognize()
        words = tuple(_words(library, engine, 72 / picture.dpi))
    finally:
        engine.Clear()
    sure = median([word.confidence for word in words]) if words else 0.0
    return Recognised(words, sure)


def upright_turn(picture: Picture) -> int:
    """Degrees by which the picture must be turned clockwise for its text to be upright."""
    library, engine = _engine()
    engine.SetPageSegMode(library.PSM.AUTO_OSD)
    _give(engine, picture)
    try:
        layout = engine.AnalyseLayout()
        quarter = int(layout.Orientation()[0]) if layout is not None else 0
    finally:
        engine.Clear()
    return -90 * quarter % 360


def _give(engine: Any, picture: Picture) -> None:
    engine.SetImageBytes(picture.pixels, picture.width, picture.height, 1, picture.width)
    engine.SetSourceResolution(max(70, round(picture.dpi)))


def _words(library: Any, engine: Any, scale: float) -> Iterator[RecognisedWord]:
    found = engine.GetIterator()
    if found is None:
        return
    line: list[RecognisedWord] = []
    for item in library.iterate_level(found, library.RIL.WORD):
        if item.IsAtBeginningOf(library.RIL.TEXTLINE):
            yield from without_noise(line)
            line = []
        word = _word(item, library.RIL.WORD, scale)
        if word is not None:
            line.append(word)
    yield from without_noise(line)


def _word(item: Any, level: Any, scale: float) -> RecognisedWord | None:
    if item.Empty(level):
        return None
    text = item.GetUTF8Text(level).strip()
    box, base = item.BoundingBox(level), item.Baseline(level)
    if not text or box is None or base is None:
        return None
    (x0, y0), (x1, y1) = base
    height = item.RowAttributes()["row_height"]
    return RecognisedWord(
        text=text,
        left=box[0] * scale,
        right=box[2] * scale,
        base=(y0 + y1) / 2 * scale,
        slope=(y1 - y0) / (x1 - x0) if x1 > x0 else 0.0,
        size=round(max(height, box[3] - box[1]) * scale / _ROW_HEIGHT, 1),
        confidence=item.Confidence(level),
    )
