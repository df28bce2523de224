"""What blind review must not see: whatever scoring never looks at.

Name, photograph, address, contact, civil status, schools and referees. Values that were read are
taken out; whatever says who it is (``identity``) and the schools are blotted out wherever else they
stand, as is everything that looks like an address of mail, web or telephone. What nobody recognised
stays: a nickname, or a hint between the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.resume.identity import Identity, contact_spans, identity_of

#: What stands where something was taken out.
BLOT = "•••"

#: Pointers of what is taken out; a star stands for any one step.
HIDDEN = tuple(
    re.compile(f"{pattern.replace('*', '[^/]+')}(/|$)")
    for pattern in (
        "/basics/name",
        "/basics/image",
        "/basics/email",
        "/basics/phone",
        "/basics/url",
        "/basics/location",
        "/basics/profiles",
        "/personal",
        "/education/*/institution",
        "/education/*/url",
        "/references",
    )
)

#: Hidden values that are blotted out as a whole wherever they stand.
_PHRASES = re.compile(
    r"/education/[^/]+/institution$|/references/[^/]+/name$"
    r"|/basics/location/(?:address|postalCode)$"
)


def is_hidden(pointer: str) -> bool:
    """Whether blind review must not see the value at this JSON Pointer."""
    return any(pattern.match(pointer) for pattern in HIDDEN)


def blind_label(resume_id: str) -> str:
    """What a candidate is called in blind review; always the same for the same resume."""
    return f"Candidate {re.sub('[^0-9A-Za-z]', '', resume_id)[-6:].upper()}"


@dataclass(frozen=True, slots=True)
class Blind:
    """Takes one person out of texts and pages."""

    identity: Identity
    places: tuple[tuple[int, tuple[float, ...]], ...]  #: page and box of each hidden value

    def text(self, text: str) -> str:
        """The text without the person."""
        return _blotted(text, [*contact_spans(text), *self.identity.spans([text])[0]])

    def value(self, value: Any) -> Any:
        """The JSON value without the person, in all its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(inner) for inner in value]
        return value

    def words(self, number: int, words: Sequence[Mapping[str, Any]]) -> frozenset[int]:
        """Places, among a page's words, of those to be hidden."""
        boxes = [box for page, box in self.places if page == number]
        hidden = {
            place
            for place, word in enumerate(words)
            if any(_holds(box, word["box"]) for box in boxes)
        }
        for line in _lines(words):
            hidden.update(_contacts([words[place]["text"] for place in line], line))
        named = self.identity.spans([word["text"] for word in words])
        return frozenset(hidden | {place for place, spans in enumerate(named) if spans})


def blind_of(result: Mapping[str, Any], *others: Mapping[str, Any]) -> Blind:
    """Who stands in a ParsedResume as JSON, and in other JSON Resumes of the same person."""
    documents = (result["resume"], *others)
    phrases = [
        str(value)
        for document in documents
        for pointer, value in scalars(document)
        if _PHRASES.search(pointer)
    ]
    places = tuple(
        (place["page"], tuple(place["box"]))
        for pointer, evidence in result["evidence"].items()
        if is_hidden(pointer)
        for place in evidence["places"]
    )
    return Blind(identity_of(documents, phrases), places)


def blind_result(result: Mapping[str, Any]) -> dict[str, Any]:
    """A ParsedResume as JSON without the person; its shape stays."""
    blind = blind_of(result)
    return {
        **blind.value({key: result[key] for key in ("warnings", "facts") if key in result}),
        "resume": blind.value(blind_document(result["resume"])),
        "personal": {},
        "evidence": {
            pointer: {**evidence, "source": blind.text(evidence["source"])}
            for pointer, evidence in result["evidence"].items()
            if not is_hidden(pointer)
        },
        "parser_version": result.get("parser_version", ""),
    }


def blind_document(resume: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON Resume document without what is hidden; the texts of the rest stay as they are."""
    kept = _without_hidden(resume, "")
    assert isinstance(kept, dict)
    return kept


def scalars(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """(JSON Pointer, value) of everything that is no object and no list."""
    if isinstance(value, Mapping):
        steps: Iterable[tuple[str, Any]] = (
            (key.replace("~", "~0").replace("/", "~1"), inner) for key, inner in value.items()
        )
    elif isinstance(value, list | tuple):
        steps = ((str(place), inner) for place, inner in enumerate(value))
    else:
        yield pointer, value
        return
    for step, inner in steps:
        yield from scalars(inner, f"{pointer}/{step}")


def _without_hidden(value: Any, pointer: str) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without_hidden(inner, f"{pointer}/{key}")
            for key, inner in value.items()
            if not is_hidden(f"{pointer}/{key}")
        }
    if isinstance(value, list | tuple):
        return [_without_hidden(inner, f"{pointer}/{place}") for place, inner in enumerate(value)]
    return value


def _lines(words: Sequence[Mapping[str, Any]]) -> Iterator[list[int]]:
    """Places of words that follow each other on one line of the page."""
    line: list[int] = []
    for place, word in enumerate(words):
        if line and not _same_line(words[line[-1]]["box"], word["box"]):
            yield line
            line = []
        line.append(place)
    if line:
        yield line


def _same_line(one: Sequence[float], next_one: Sequence[float]) -> bool:
    middle = (next_one[1] + next_one[3]) / 2
    return one[1] <= middle <= one[3]


def _contacts(texts: Sequence[str], places: Sequence[int]) -> Iterator[int]:
    """Places of the words of a line that an address of mail, web or telephone runs through."""
    spans = contact_spans(" ".join(texts))
    start = 0
    for place, text in zip(places, texts, strict=True):
        end = start + len(text)
        if any(first < end and last > start for first, last in spans):
            yield place
        start = end + 1


def _holds(box: Sequence[float], word: Sequence[float]) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, end = [], 0
    for first, last in sorted(spans):
        if last <= end:
            continue
        if first >= end:
            pieces += [text[end:first], BLOT]
        end = last
    return "".join([*pieces, text[end:]])
