"""How well the score ranks as HR people did, beside BM25 of the plain texts and their length.

    python -m benchmarks.matching [--match ../shared/benchmark/match] [--out predicted.jsonl]

The jobs are a few key terms each: roles become the title, all other terms required skills. Printed
is the share of pairs of resumes of one job, graded apart by at least --gap, that are in the right
order (a tie is half right), as match.py of the benchmark counts it; --out writes what it reads.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.score import JobRequirements, SkillRequirement
from resume_processor.scoring.score_resume import score_profile

MATCH = Path(__file__).parents[2] / "shared/benchmark/match"

Key = tuple[str, str]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Lines of JSON."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def requirements_of(job: Mapping[str, Any]) -> JobRequirements:
    """The key terms as requirements."""
    terms = [term for term in dict.fromkeys(job["terms"]) if term not in job["roles"]]
    skills = tuple(SkillRequirement(term, required=True) for term in terms)
    return JobRequirements(title=" / ".join(job["roles"]) or None, skills=skills)


def words_of(document: Document) -> list[str]:
    """The plain text as words."""
    text = "\n".join(line.text for page in document.pages for line in page.lines)
    return re.findall(r"\w+", text.lower())


def bm25(texts: Mapping[str, list[str]], query: list[str]) -> dict[str, float]:
    """The usual weights, k1 1.2 and b 0.75, over all documents of the benchmark."""
    count, mean = len(texts), sum(map(len, texts.values())) / len(texts)
    spread = Counter(word for words in texts.values() for word in set(words))
    rare = {w: math.log(1 + (count - spread[w] + 0.5) / (spread[w] + 0.5)) for w in query}
    scores = {}
    for name, words in texts.items():
        often, norm = Counter(words), 1.2 * (0.25 + 0.75 * len(words) / mean)
        scores[name] = sum(rare[w] * often[w] * 2.2 / (often[w] + norm) for w in query)
    return scores


def accuracy(labels: list[dict[str, Any]], told: Mapping[Key, float], gap: float) -> float:
    """Share of pairs in the right order."""
    jobs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in labels:
        jobs[row["job"]].append((row["grade"], told[row["job"], row["resume"]]))
    pairs = [
        0.5 if a[1] == b[1] else float((a[1] > b[1]) == (a[0] > b[0]))
        for rows in jobs.values()
        for a, b in combinations(rows, 2)
        if abs(a[0] - b[0]) >= gap
    ]
    return sum(pairs) / len(pairs)


def main() -> None:
    """Print the three figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--match", type=Path, default=MATCH)
    parser.add_argument("--gap", type=float, default=3)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if not args.match.exists():
        sys.exit(f"{args.match} is not there: nothing measured")
    labels = rows_of(args.match / "labels.jsonl")
    jobs = {row["job"]: row for row in rows_of(args.match / "jobs.jsonl")}
    documents = {
        name: read_document((args.match / f"docs/{name}.pdf").read_bytes(), Limits())
        for name in sorted({row["resume"] for row in labels})
    }
    texts = {name: words_of(document) for name, document in documents.items()}
    profiles = {name: profile_of(parse_resume(one)) for name, one in documents.items()}
    by_words = {
        key: bm25(texts, re.findall(r"\w+", " ".join(job["terms"]).lower()))
        for key, job in jobs.items()
    }
    pairs = [(row["job"], row["resume"]) for row in labels]
    told = {
        (job, name): score_profile(profiles[name], requirements_of(jobs[job])).total
        for job, name in pairs
    }
    for title, figures in (
        ("score", told),
        ("BM25", {(job, name): by_words[job][name] for job, name in pairs}),
        ("length", {(job, name): len(texts[name]) for job, name in pairs}),
    ):
        print(f"{title}: {accuracy(labels, figures, args.gap):.3f} of pairs {args.gap:g} apart")
    if args.out:
        lines = (json.dumps({"job": j, "resume": r, "score": told[j, r]}) for j, r in pairs)
        args.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
