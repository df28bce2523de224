"""What blind review must not see: whatever scoring never looks at.

Name, photograph, address, contact, civil status, schools and referees. Values that were read are
taken out; the candidate's name and the schools are blotted out wherever else they stand, as is
everything that looks like an address of mail, web or telephone. What nobody recognised stays: a
nickname, or a hint between the lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
_PHRASES = re.compile(r"/education/[^/]+/institution$|/references/[^/]+/name$")

#: Addresses of mail, web and telephone, whoever's they are.
_CONTACT = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|(?:https?://|www\.)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|me)/\S+"  # no ASP.NET, no Booking.com
    r"|(?<![\w.])\+?\(?\d(?:[\d\s().-]{6,}\d)(?![\w.])",
    re.IGNORECASE,
)
#: Seven digits and more that are a stretch of years: no telephone.
_YEARS = re.compile(r"^(19|20)\d\d\D+((19|20)\d\d|\d\d)(\D.*)?$")
_WORD = re.compile(r"\w[\w'’]*")
#: Shorter parts of a name (an initial) stand in too many other words' places.
_SHORTEST_PART = 2
#: From this length on a part of a name is found inside of words, too: in addresses and handles.
_LONG_PART = 5


def is_hidden(pointer: str) -> bool:
    """Whether blind review must not see the value at this JSON Pointer."""
    return any(pattern.match(pointer) for pattern in HIDDEN)


def blind_label(resume_id: str) -> str:
    """What a candidate is called in blind review; always the same for the same resume."""
    return f"Candidate {re.sub('[^0-9A-Za-z]', '', resume_id)[-6:].upper()}"


@dataclass(frozen=True, slots=True)
class Blind:
    """Takes one person out of texts and pages: ``names`` are folded words, ``phrases`` of them."""

    names: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, tuple[float, ...]], ...]  #: page and box of each hidden value

    def text(self, text: str) -> str:
        """The text without the person."""
        spans = [match.span() for match in _CONTACT.finditer(text) if not _YEARS.match(match[0])]
        words = list(_WORD.finditer(text))
        for first, last in self._runs([_bare(word[0]) for word in words]):
            spans.append((words[first].start(), words[last].end()))
        return _blotted(text, spans)

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
            or (_CONTACT.search(word["text"]) and not _YEARS.match(word["text"]))
        }
        for first, last in self._runs([_bare(word["text"]) for word in words]):
            hidden.update(range(first, last + 1))
        return frozenset(hidden)

    def _runs(self, folded: Sequence[str]) -> Iterator[tuple[int, int]]:
        """First and last place of each name and phrase."""
        for place, word in enumerate(folded):
            if word in self.names or any(
                len(part) >= _LONG_PART and part in word for part in self.names
            ):
                yield place, place
            for phrase in self.phrases:
                if tuple(folded[place : place + len(phrase)]) == phrase:
                    yield place, place + len(phrase) - 1


def blind_of(result: Mapping[str, Any]) -> Blind:
    """Who stands in a ParsedResume as JSON."""
    name = str(result["resume"].get("basics", {}).get("name", ""))
    parts = {fold(word) for word in _WORD.findall(name)}
    phrases = {
        tuple(fold(word) for word in _WORD.findall(str(value)))
        for pointer, value in scalars(result["resume"])
        if _PHRASES.match(pointer)
    }
    places = tuple(
        (place["page"], tuple(place["box"]))
        for pointer, evidence in result["evidence"].items()
        if is_hidden(pointer)
        for place in evidence["places"]
    )
    return Blind(
        frozenset(part for part in parts if len(part) >= _SHORTEST_PART),
        tuple(sorted(phrase for phrase in phrases if phrase)),
        places,
    )


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


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


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


def _bare(text: str) -> str:
    """A word of a page as it is compared: folded, without what is not a letter at its ends."""
    found = _WORD.search(fold(text))
    return re.sub(r"['’]s$", "", found[0]) if found else ""


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
