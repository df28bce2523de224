"""How well must-haves are told from nice-to-haves, on advertisements that keep them apart.

    python -m benchmarks.reading_jobs [../shared/benchmark/jobs/advertisements.jsonl]

Truth: the minimum and the preferred qualifications of an advertisement, each for itself. Put to the
reader: the whole advertisement as one text, under headings of several wordings. An item is right
where the kind, the name and must-or-nice are right. Beside it, in the same run, the reader that
takes everything for a must.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.reading.job_headings import About
from resume_processor.scoring.reading.job_lines import statements_of
from resume_processor.scoring.score import JobRequirements

ADVERTISEMENTS = Path(__file__).parents[2] / "shared/benchmark/jobs/advertisements.jsonl"
#: How advertisements call duties, minimum and preferred.
WORDINGS = (
    ("Responsibilities:", "Minimum qualifications:", "Preferred qualifications:"),
    ("What you will do", "Requirements", "Nice to have"),
    ("Duties", "Must have:", "Good to have:"),
    ("Your role", "What you need", "Bonus points if you have"),
    ("Key Responsibilities", "Essential skills and experience", "Desirable"),
    ("Job description:", "Basic Qualifications", "It would be a plus if you have:"),
    ("The job", "Who you are", "Ideally you also have"),
)

Item = tuple[str, str, bool]


@dataclass(slots=True)
class Tally:
    """Counts behind an F1."""

    right: int = 0
    told: int = 0
    true: int = 0

    def add(self, told: set[Item], true: set[Item]) -> None:
        """Count one advertisement."""
        self.right += len(told & true)
        self.told += len(told)
        self.true += len(true)

    @property
    def f1(self) -> float:
        """2·right over told and true."""
        return 2 * self.right / (self.told + self.true) if self.told + self.true else 0.0


def items_of(job: JobRequirements) -> Iterator[Item]:
    """What a job asks for as (kind, name, is a must)."""
    for kind, asked in (
        ("skill", job.skills), ("field", job.fields_of_study), ("language", job.languages),
        ("certificate", job.certificates),
    ):  # fmt: skip
        for one in asked:
            yield kind, one.name, one.required
    if job.degree_level:
        yield "degree", job.degree_level, job.degree_required


def truth_of(ad: dict[str, str]) -> set[Item]:
    """The minimum's items are musts; the preferred's are not, unless the minimum has them too."""
    musts = {item[:2] for item in items_of(read_job(f"Job\n{ad['min_qualifications']}"))}
    nice = {item[:2] for item in items_of(read_job(f"Job\n{ad['preferred']}"))} - musts
    nice = {
        item for item in nice if item[0] != "degree" or not any(m[0] == "degree" for m in musts)
    }
    return {(*item, True) for item in musts} | {(*item, False) for item in nice}


def text_of(ad: dict[str, str], wording: tuple[str, str, str]) -> str:
    """The advertisement as one text."""
    parts = (ad["responsibilities"], ad["min_qualifications"], ad["preferred"])
    sections = (f"{head}\n{part}" for head, part in zip(wording, parts, strict=True))
    return "\n\n".join((ad["title"], *sections))


def statements_right(ad: dict[str, str], wording: tuple[str, str, str]) -> tuple[int, int]:
    """Of the lines of both parts, how many were taken for what they are."""
    about = {one.text: one.about for one in statements_of(text_of(ad, wording)) if not one.first}
    lines = [
        (line.text, want)
        for part, want in (("min_qualifications", About.REQUIRED), ("preferred", About.PREFERRED))
        for line in statements_of(f"Job\n{ad[part]}")
        if not line.first
    ]
    return sum(about.get(text) is want for text, want in lines), len(lines)


def main() -> None:
    """Print F1 for each wording."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("advertisements", type=Path, nargs="?", default=ADVERTISEMENTS)
    args = parser.parse_args()
    if not args.advertisements.exists():
        sys.exit(f"{args.advertisements} is not there: nothing measured")
    rows = (json.loads(line) for line in args.advertisements.read_text("utf-8").splitlines())
    ads = [ad for ad in rows if ad.get("min_qualifications") and ad.get("preferred")]
    for wording in WORDINGS:
        reader, all_musts, right, lines = Tally(), Tally(), 0, 0
        for ad in ads:
            told, true = set(items_of(read_job(text_of(ad, wording)))), truth_of(ad)
            reader.add(told, true)
            all_musts.add({(kind, name, True) for kind, name, _ in told}, true)
            found, of = statements_right(ad, wording)
            right, lines = right + found, lines + of
        figures = f"F1 {reader.f1:.3f} (all musts: {all_musts.f1:.3f}), lines {right / lines:.3f}"
        print(f"{figures}: {wording[1]} / {wording[2]}")
    print(f"{len(ads)} advertisements")


if __name__ == "__main__":
    main()
