"""Precision, recall and F1 by field over documents, micro-averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from evaluation.compare import (
    Same,
    fold,
    same_date,
    same_day,
    same_email,
    same_long_text,
    same_name,
    same_phone,
    same_skill,
    same_text,
    same_url,
)
from evaluation.records import Entry, Flat, as_list, said, settled

SINGLE_FIELDS: Mapping[str, Same] = {
    "name": same_text,
    "label": same_text,
    "summary": same_long_text,
    "email": same_email,
    "phone": same_phone,
    "city": same_text,
    "country": same_text,
    "personal.birthDate": same_day,
    "personal.nationality": same_text,
    "personal.gender": same_text,
    "personal.maritalStatus": same_text,
}
LIST_FIELDS: Mapping[str, Same] = {
    "skills": same_skill,
    "languages": same_text,
    "certificates": same_name,
    "projects": same_name,
    "publications": same_text,
    "awards": same_text,
    "volunteer": same_name,
    "interests": same_text,
    "references": same_text,
    "url": same_url,
}
ENTRY_FIELDS: Mapping[str, Mapping[str, Same]] = {
    "work": {
        "name": same_name,
        "position": same_text,
        "location": same_name,
        "startDate": same_date,
        "endDate": same_date,
    },
    "education": {
        "institution": same_name,
        "studyType": same_text,
        "area": same_text,
        "startDate": same_date,
        "endDate": same_date,
        "score": same_name,
    },
}
#: What must be right, all of it, for an entry to count as whole.
KEY_FIELDS = {
    "work": ("name", "position", "startDate", "endDate"),
    "education": ("institution", "studyType", "endDate"),
}
GROUPS: Mapping[str, Sequence[str]] = {
    "contact": ("name", "email", "phone", "url", "city", "country"),
    "work": tuple(f"work.{name}" for name in ENTRY_FIELDS["work"]),
    "education": tuple(f"education.{name}" for name in ENTRY_FIELDS["education"]),
    "skills": ("skills",),
    "other": (
        "label", "summary", "languages", "certificates", "projects", "publications", "awards",
        "volunteer", "interests", "references", "personal.birthDate", "personal.nationality",
        "personal.gender", "personal.maritalStatus",
    ),
}  # fmt: skip
#: Entries less alike than this are never taken for the same one.
ENTRY_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Counts:
    """Values that are right, that were predicted, that the gold holds."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )

    @property
    def perfect(self) -> bool:
        """Nothing missed and nothing invented."""
        return self.right == self.predicted == self.gold


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1, each 0..1, and the number of gold values behind it."""

    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A field of one document that is not perfect; never printed for real people's documents."""

    field: str
    gold: tuple[Any, ...]
    predicted: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """Counts by field of one document, and what was missed."""

    counts: Mapping[str, Counts]
    misses: tuple[Miss, ...]


def figure(counts: Counts) -> Figure:
    """Counts as a figure; nothing predicted where nothing was to be found is perfect."""
    precision = counts.right / counts.predicted if counts.predicted else float(not counts.gold)
    recall = counts.right / counts.gold if counts.gold else float(not counts.predicted)
    both = precision + recall
    return Figure(precision, recall, 2 * precision * recall / both if both else 0.0, counts.gold)


def count_single(gold: Iterable[Any], predicted: Iterable[Any], same: Same) -> Counts:
    """A field with one value: the first prediction counts, several gold values are alternatives."""
    alternatives = [value for value in gold if said(value)]
    first = [value for value in predicted if said(value)][:1]
    right = any(same(alternative, value) for value in first for alternative in alternatives)
    return Counts(int(right), len(first), int(bool(alternatives)))


def count_list(gold: Iterable[Any], predicted: Iterable[Any], same: Same) -> Counts:
    """A field with many values: each gold value can be found once."""
    left = [value for value in gold if said(value)]
    found = [value for value in predicted if said(value)]
    wanted, right = len(left), 0
    for value in found:
        position = next((i for i, other in enumerate(left) if same(other, value)), None)
        if position is not None:
            del left[position]
            right += 1
    return Counts(right, len(found), wanted)


def pair_entries(
    gold: Sequence[Entry], predicted: Sequence[Entry], fields: Mapping[str, Same]
) -> list[tuple[Entry, Entry]]:
    """Entries of both sides, the most alike first; what has no partner is paired with nothing."""
    ranked = sorted(
        (
            (_likeness(g, p, fields), -abs(i - j), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
        ),
        reverse=True,
    )
    partner_of: dict[int, int] = {}
    for likeness, _, i, j in ranked:
        if likeness >= ENTRY_LIKENESS and i not in partner_of and j not in partner_of.values():
            partner_of[i] = j
    pairs: list[tuple[Entry, Entry]] = [(gold[i], predicted[j]) for i, j in partner_of.items()]
    pairs += [(g, {}) for i, g in enumerate(gold) if i not in partner_of]
    alone = [p for j, p in enumerate(predicted) if j not in partner_of.values()]
    return pairs + [({}, p) for p in alone]


def _likeness(gold: Entry, predicted: Entry, fields: Mapping[str, Same]) -> float:
    total = 0.0
    for name, same in fields.items():
        left, right = gold.get(name), predicted.get(name)
        if not (said(left) and said(right)):
            continue
        if same in (same_text, same_name):
            total += fuzz.token_sort_ratio(fold(left), fold(right)) / 100
        else:
            total += float(same(left, right))
    return total


def score_document(gold: Flat, predicted: Flat) -> DocumentScore:
    """Compare one document field by field."""
    counts: dict[str, Counts] = {}
    misses: list[Miss] = []

    def note(name: str, count: Counts, left: Sequence[Any], right: Sequence[Any]) -> None:
        counts[name] = count
        if not count.perfect:
            misses.append(Miss(name, tuple(left), tuple(right)))

    for fields, counter in ((SINGLE_FIELDS, count_single), (LIST_FIELDS, count_list)):
        for name, same in fields.items():
            left, right = gold.values[name], predicted.values[name]
            note(name, counter(left, right, same), left, right)
    for kind, entry_fields in ENTRY_FIELDS.items():
        pairs = _settled_pairs(gold.entries[kind], predicted.entries[kind], entry_fields)
        for name, same in entry_fields.items():
            left, right = [g.get(name) for g, _ in pairs], [p.get(name) for _, p in pairs]
            note(f"{kind}.{name}", _count_pairs(left, right, same), left, right)
        whole = sum(_whole(g, p, KEY_FIELDS[kind], entry_fields) for g, p in pairs)
        counts[f"{kind}.entry"] = Counts(
            whole, len(predicted.entries[kind]), len(gold.entries[kind])
        )
    return DocumentScore(counts, tuple(misses))


def _settled_pairs(
    gold: Sequence[Entry], predicted: Sequence[Entry], fields: Mapping[str, Same]
) -> list[tuple[Entry, Entry]]:
    return [(g, settled(g, p)) for g, p in pair_entries(gold, predicted, fields)]


def _count_pairs(gold: Sequence[Any], predicted: Sequence[Any], same: Same) -> Counts:
    pairs = zip(gold, predicted, strict=True)
    return sum((count_single(as_list(g), as_list(p), same) for g, p in pairs), Counts())


def _whole(gold: Entry, predicted: Entry, keys: Sequence[str], fields: Mapping[str, Same]) -> bool:
    if not (gold and predicted):
        return False
    return all(_agree(gold.get(key), predicted.get(key), fields[key]) for key in keys)


def _agree(gold: Any, predicted: Any, same: Same) -> bool:
    if said(gold) != said(predicted):
        return False
    return not said(gold) or same(gold, predicted)


def summarise(documents: Sequence[Mapping[str, Counts]]) -> dict[str, Figure]:
    """Figures by field, by group ("= work") and the plain mean of the groups ("== overall").

    The mean of groups keeps long skill lists from drowning the rest.
    """
    names = list(dict.fromkeys(name for document in documents for name in document))
    rows = {name: figure(_total(documents, [name])) for name in names}
    groups = {f"= {name}": figure(_total(documents, members)) for name, members in GROUPS.items()}
    values = list(groups.values())
    overall = Figure(
        sum(value.precision for value in values) / len(values),
        sum(value.recall for value in values) / len(values),
        sum(value.f1 for value in values) / len(values),
        len(documents),
    )
    return rows | groups | {"== overall": overall}


def _total(documents: Sequence[Mapping[str, Counts]], names: Sequence[str]) -> Counts:
    zero = Counts()
    return sum((d.get(name, zero) for d in documents for name in names), zero)
