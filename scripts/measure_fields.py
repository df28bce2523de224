"""Measure the field functions on annotated resumes: what they accept, what they take by mistake.

    python -m scripts.measure_fields [FOLDER]

FOLDER holds ``docs/`` and ``gold/`` (default: ../shared/benchmark/train). Only figures are printed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.fields.degrees import find_degree
from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.fields.fluency import find_languages
from resume_processor.parsing.fields.locations import find_location, looks_like_location
from resume_processor.parsing.fields.names import looks_like_name
from resume_processor.parsing.fields.organisations import (
    looks_like_organisation,
    looks_like_school,
)
from resume_processor.parsing.fields.personal import find_personal
from resume_processor.parsing.fields.phones import find_phones
from resume_processor.parsing.fields.scores import find_score
from resume_processor.parsing.fields.skill_lists import split_skills
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.fields.urls import find_urls
from training.corpus import BENCHMARK, Example, examples

#: From this likeness on a text counts as accepted.
_ACCEPTED = 0.5
#: Kind of text → what should accept it, and nothing else.
_ACCEPTORS: dict[str, Callable[[str], bool]] = {
    "name": lambda text: looks_like_name(text) >= _ACCEPTED,
    "title": lambda text: looks_like_title(text) >= _ACCEPTED,
    "employer": lambda text: looks_like_organisation(text) >= _ACCEPTED,
    "school": lambda text: looks_like_school(text) >= _ACCEPTED,
    "location": lambda text: looks_like_location(text) >= _ACCEPTED,
    "degree": lambda text: find_degree(text) is not None,
    "score": lambda text: find_score(text) is not None,
    "language": lambda text: bool(find_languages(text)),
}


@dataclass
class Tally:
    """How many were found of how many."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: Iterable[str], found: Iterable[str]) -> None:
        """Count one document's values, each once."""
        wanted, got = set(gold), set(found)
        self.right += len(wanted & got)
        self.found += len(got)
        self.gold += len(wanted)

    def __str__(self) -> str:
        recall = self.right / self.gold if self.gold else 0.0
        precision = self.right / self.found if self.found else 0.0
        return f"R {recall:.3f}  P {precision:.3f}  gold {self.gold:5}"


@dataclass
class Corpus:
    """The strings of each kind, and the documents."""

    strings: dict[str, list[str]] = field(default_factory=dict)
    documents: list[Example] = field(default_factory=list)

    def note(self, kind: str, value: Any) -> None:
        """Keep a gold string."""
        if isinstance(value, str) and value.strip():
            self.strings.setdefault(kind, []).append(value)


def read(folder: Path) -> Corpus:
    """The corpus of a folder."""
    corpus = Corpus()
    for example in examples(folder):
        corpus.documents.append(example)
        basics = example.gold.get("basics") or {}
        corpus.note("name", basics.get("name"))
        for job in _rows(example, "work"):
            corpus.note("title", job.get("position"))
            corpus.note("employer", job.get("name"))
            corpus.note("location", job.get("location"))
        for degree in _rows(example, "education"):
            corpus.note("school", degree.get("institution"))
            corpus.note("degree", degree.get("studyType"))
            corpus.note("area", degree.get("area"))
            corpus.note("score", degree.get("score"))
        for language in _rows(example, "languages"):
            corpus.note("language", language.get("language"))
        for skill in _rows(example, "skills"):
            corpus.note("skill", skill)
    return corpus


def _rows(example: Example, key: str) -> list[Any]:
    return example.gold.get(key) or []


# ---- acceptance -------------------------------------------------------------------------------


def acceptance(corpus: Corpus) -> Iterator[str]:
    """One line for each acceptor: the share of each kind of text that it takes."""
    kinds = list(corpus.strings)
    yield f"{'accepts':10}" + "".join(f"{kind:>10}" for kind in kinds)
    for name, accepts in _ACCEPTORS.items():
        shares = [
            sum(map(accepts, corpus.strings[kind])) / len(corpus.strings[kind]) for kind in kinds
        ]
        yield f"{name:10}" + "".join(
            f"{share:>9.3f}{'*' if kind == name else ' '}"
            for kind, share in zip(kinds, shares, strict=True)
        )


# ---- values in documents ----------------------------------------------------------------------


def values(corpus: Corpus) -> Iterator[str]:
    """One line for each field: what is found in the lines of the documents, against the gold."""
    for name, (gold, found) in _FINDERS.items():
        tally = Tally()
        for example in corpus.documents:
            lines = [line.text for line in example.document.lines]
            tally.add(gold(example), found(lines))
        yield f"{name:22}{tally}"


def _basics(key: str) -> Callable[[Example], list[str]]:
    return lambda example: [v for v in (example.gold.get("basics") or {}).get(key) or [] if v]


def _each(lines: Sequence[str], find: Callable[[str], Iterable[Any]]) -> Iterator[Any]:
    for line in lines:
        yield from find(line)


def _dates_of(example: Example) -> set[str]:
    rows = [*_rows(example, "work"), *_rows(example, "education")]
    found = {row.get(key) for row in rows for key in ("startDate", "endDate")}
    return {date[:7] for date in found if date and date != "present"}


def _periods_of(example: Example) -> set[str]:
    rows = [*_rows(example, "work"), *_rows(example, "education")]
    return {
        f"{row['startDate'][:7]}..{row['endDate'][:7]}"
        for row in rows
        if row.get("startDate") and row.get("endDate")
    }


def _periods_in(lines: Sequence[str]) -> set[str]:
    return {
        f"{d.first[:7]}..{'present' if d.ongoing else (d.last or '')[:7]}"
        for d in _each(lines, find_dates)
        if d.first
    }


def _dates_in(lines: Sequence[str]) -> set[str]:
    dates = list(_each(lines, find_dates))
    return {value[:7] for d in dates for value in (d.first, d.last, d.single) if value}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-9:]


def _bare_url(url: str) -> str:
    return re.sub(r"^(https?:)?/*(www\.)?", "", url.strip().casefold()).rstrip("/")


def _personal_of(name: str) -> Callable[[Example], list[str]]:
    return lambda example: [
        v.casefold() for v in [(example.gold.get("personal") or {}).get(name)] if v
    ]


def _personal_in(name: str) -> Callable[[Sequence[str]], list[str]]:
    return lambda lines: [
        f.value.casefold() for f in _each(lines, find_personal) if f.field == name
    ][:1]


_FINDERS: dict[str, tuple[Callable[[Example], Any], Callable[[Sequence[str]], Any]]] = {
    "dates": (_dates_of, _dates_in),
    "periods": (_periods_of, _periods_in),
    "emails": (
        lambda e: [v.casefold() for v in _basics("email")(e)],
        lambda lines: [m.value.casefold() for m in _each(lines, find_emails)],
    ),
    "phones": (
        lambda e: [_digits(v) for v in _basics("phone")(e)],
        lambda lines: [_digits(m.value) for m in _each(lines, find_phones)],
    ),
    "urls": (
        lambda e: [_bare_url(v) for v in _basics("urls")(e)],
        lambda lines: [_bare_url(m.value) for m in _each(lines, find_urls)],
    ),
    "birthDate": (_personal_of("birthDate"), _personal_in("birthDate")),
    "nationality": (_personal_of("nationality"), _personal_in("nationality")),
    "gender": (_personal_of("gender"), _personal_in("gender")),
    "maritalStatus": (_personal_of("maritalStatus"), _personal_in("maritalStatus")),
}


def homes(corpus: Corpus) -> Iterator[str]:
    """City and country out of the candidates' own addresses as written."""
    tallies = {"city": Tally(), "countryCode": Tally()}
    for example in corpus.documents:
        home = (example.gold.get("basics") or {}).get("location") or {}
        place = find_location(home.get("raw") or "")
        got = {
            "city": place.city if place else None,
            "countryCode": place.country_code if place else None,
        }
        for key, tally in tallies.items():
            tally.add(
                [v.casefold() for v in [home.get(key)] if v],
                [v.casefold() for v in [got[key]] if v],
            )
    for key, tally in tallies.items():
        yield f"{'home ' + key:22}{tally}"


def parts_of_degrees(corpus: Corpus) -> Iterator[str]:
    """Type and field out of "TYPE in FIELD" made of the gold's type and field."""
    types, areas = Tally(), Tally()
    for example in corpus.documents:
        for row in _rows(example, "education"):
            study, area = row.get("studyType"), row.get("area")
            if not study or not area or area.casefold() in study.casefold():
                continue
            for form in (f"{study} in {area}", f"{study} ({area})", f"{study} - {area}"):
                degree = find_degree(form)
                types.add([study.strip(" .")], [degree.study_type.strip(" .")] if degree else [])
                areas.add([area.strip(" .")], [(degree.area or "").strip(" .")] if degree else [])
    yield f"{'degree type':22}{types}"
    yield f"{'degree area':22}{areas}"


def skills(corpus: Corpus) -> Iterator[str]:
    """Skills that stay whole alone, and that come out of a list of all of them."""
    alone, listed = Tally(), Tally()
    for example in corpus.documents:
        gold = [s for s in _rows(example, "skills") if s]
        for skill in gold:
            alone.add([_plain(skill)], [_plain(m.value) for m in split_skills(skill)])
        listed.add(
            [_plain(s) for s in gold], [_plain(m.value) for m in split_skills(", ".join(gold))]
        )
    yield f"{'skills, each alone':22}{alone}"
    yield f"{'skills, in a list':22}{listed}"


def _plain(skill: str) -> str:
    return " ".join(re.findall(r"[\w+#]+", skill.casefold()))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=BENCHMARK / "train")
    corpus = read(parser.parse_args().folder)
    for report in (acceptance, values, homes, parts_of_degrees, skills):
        for line in report(corpus):
            print(line)
        print()


if __name__ == "__main__":
    main()
