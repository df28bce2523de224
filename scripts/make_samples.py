"""Write the sample resumes and the project's own evaluation corpus from the invented people.

``python -m scripts.make_samples``; the same people always give the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.samples import docx, pdf, text
from scripts.samples.content import Person, gold_of, load_people

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "evaluation" / "cases"
Theme = Callable[[Person, Path], None]

THEMES: Mapping[str, tuple[str, Theme]] = {
    "classic": (".pdf", pdf.classic),
    "stacked": (".pdf", pdf.stacked),
    "sidebar": (".pdf", pdf.sidebar),
    "word": (".docx", docx.word),
    "columns": (".docx", docx.word_columns),
    "plain": (".txt", text.plain),
    "markdown": (".md", text.markdown),
    "page": (".html", text.html),
}
#: The PDF base fonts know Latin-1 only.
NOT_IN_PDF = frozenset({"tomasz-zielinski"})
SAMPLES = (
    ("amara-okonkwo", "classic"), ("rahul-deshmukh", "word"), ("grace-whitfield", "sidebar"),
    ("lena-brandt", "columns"), ("mei-tanaka", "stacked"), ("tomasz-zielinski", "word"),
)  # fmt: skip


def main() -> None:
    """Write ``evaluation/cases/{docs,gold}`` and ``samples/``."""
    for folder in (CASES / "docs", CASES / "gold"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    (ROOT / "samples").mkdir(exist_ok=True)
    for person in load_people(CASES / "people"):
        _write_cases(person)
    for stem, theme in SAMPLES:
        suffix = THEMES[theme][0]
        shutil.copy(
            CASES / "docs" / f"{stem}-{theme}{suffix}", ROOT / "samples" / f"{stem}{suffix}"
        )


def _write_cases(person: Person) -> None:
    for theme, (suffix, write) in THEMES.items():
        if suffix == ".pdf" and person.stem in NOT_IN_PDF:
            continue
        write(person, CASES / "docs" / f"{person.stem}-{theme}{suffix}")
        gold = json.dumps(gold_of(person), ensure_ascii=False, indent=1)
        (CASES / "gold" / f"{person.stem}-{theme}.json").write_text(gold + "\n", "utf-8")


if __name__ == "__main__":
    main()
