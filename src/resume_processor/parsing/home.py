"""Where the candidate lives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from phonenumbers import SUPPORTED_REGIONS

from resume_processor.parsing.fields.locations import Place, find_location
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import Passage, concatenated, passage_of, trim
from resume_processor.parsing.reach import without_reach
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine, LocationDraft

_ADDRESS_LABEL = re.compile(
    r"^\W*(?:[^\W\d_]+\W{1,2}){0,3}?(?:address|addr|add|adresse|anschrift|wohnort|direcci[oó]n|domicilio|"
    r"endereço|morada|adres|residence|residing|location|地址)\b(?:\W{0,2}\bfor\b \w+)?",
    re.IGNORECASE,
)
_NO_HOME = re.compile(
    r"birth|nationality|passport|visa|father|mother|language|preferred|e-?\W?mail|\bip\b|job|work",
    re.IGNORECASE,
)
#: Labels inside an address: "Dist: …", "P.O.: …".
_PART_OF_ADDRESS = re.compile(
    r"\b(?:dis|vill|city|town|state|country|post|p\W?o\b|house|h\W{0,2}no|no$|door|flat|plot|street|"
    r"pin|pine|zip|tal|teh|th?ana|ps$|at$|via|near|add)",
    re.IGNORECASE,
)
#: What may stand among the first lines and names a place that is not the home.
_NO_ADDRESS = re.compile(
    r".*\b(?:university|college|school|institute|experience|worked|working|bank)\b", re.IGNORECASE
)
_PERMANENT = re.compile(r"perm|native|home town", re.IGNORECASE)
#: An address goes on for so many lines.
_ADDRESS_LINES = 5
#: A street has a number, or says that it is one.
_STREET = re.compile(
    r"\d.*[^\W\d_]{3}|[^\W\d_]{3}.*\d|\b(?:street|road|lane|nagar|colony|apartment|house|flat|vill)",
    re.IGNORECASE,
)
#: A line of its own that says "CV" is the document's title, not Cape Verde.
_CODE = re.compile(r"(?:[,(]|^(?!\s*CV\b))\s*(?P<code>[A-Z]{2})\)?\s*$")
#: An address in a row of contact data, up to its country's code: "Genève, CH • …".
_CODE_IN_ROW = re.compile(r"(?P<address>[^•·|]{2,}),\s*(?P<code>[A-Z]{2})\s*[•·|]")
#: States of the USA, whose codes some countries share.
_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DC",
        "DE",
        "FL",
        "GA",
        "HI",
        "IA",
        "ID",
        "IL",
        "IN",
        "KS",
        "KY",
        "LA",
        "MA",
        "MD",
        "ME",
        "MI",
        "MN",
        "MO",
        "MS",
        "MT",
        "NC",
        "ND",
        "NE",
        "NH",
        "NJ",
        "NM",
        "NV",
        "NY",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VA",
        "VT",
        "WA",
        "WI",
        "WV",
        "WY",
    ]
)
_COMMAS = re.compile(r"(?:\s*,)+\s*")
#: Shorter names of towns are other words nearly always.
_SHORTEST_TOWN = 3
_POSTAL = re.compile(
    r"(?<![\d+/])(?:pin(?:\s*code)?\W{0,3}|zip\W{0,3}|[-–]\s*)?(?P<code>\d{3}\s?\d{3}|\d{5}(?:-\d{4})?)(?![\d/])",
    re.IGNORECASE,
)
#: "Dist: Ramanathapuram", "Gudalur - 643 211": a town that its surroundings show.
_DISTRICT = re.compile(
    r"\b(?:dist(?:rict|t)?|city|town)\b\W{1,4}(?P<city>[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?)"
    r"|(?P<before>[A-Z][^\W\d_]{3,}(?: [A-Z][^\W\d_]+)?)\W{0,2}\(?\b[Dd]ist(?:rict|t)?\b"
)
_BEFORE_PIN = re.compile(
    r"(?P<city>[^\W\d_]{4,})\s*[-–:,]{1,2}\s*(?:[Pp][Ii][Nn]\W{0,4})?\d{3}\s?\d{3}(?!\d)"
)


def find_home(lines: Sequence[LabelledLine], name: Found | None) -> LocationDraft:
    """The first address that names a place; a permanent one only where there is no other."""
    taken = {word.line for word in name.words} if name else set()
    near = [
        line
        for line in lines
        if line.index not in taken and (not line.is_heading or _address_label(line))
    ]
    blocks = list(_addresses(near))
    for block in [
        *(block for label, block in blocks if not _PERMANENT.search(label)),
        [line for line in near if line.kind is SectionKind.HEADER],
        *(block for label, block in blocks if _PERMANENT.search(label)),
        [line for line in near if line.kind is SectionKind.PERSONAL],
    ]:
        home = _home(block)
        if home is not None:
            return home
    return LocationDraft()


def _addresses(lines: Sequence[LabelledLine]) -> Iterator[tuple[str, list[LabelledLine]]]:
    """The labelled addresses: the line with the label and those after it, up to another label."""
    for start, line in enumerate(lines):
        words = _address_label(line)
        if words is None:
            continue
        block = [line]
        for following in lines[start + 1 : start + 1 + _ADDRESS_LINES]:
            if _is_about_something_else(following) or following.index > block[-1].index + 2:
                break
            block.append(following)
        yield words, block


def _address_label(line: LabelledLine) -> str | None:
    """The label of an address at the beginning of the line, with or without a colon."""
    match = _ADDRESS_LABEL.match(line.text)
    return match[0].casefold() if match and not _NO_HOME.search(match[0]) else None


def _home(lines: Sequence[LabelledLine]) -> LocationDraft | None:
    """The place that the lines name last before they name no more: town, region, country."""
    passages = [
        piece
        for line in lines
        if not _is_about_something_else(line)
        for piece in without_reach(passage_of(line))
    ]
    places = [(piece, place) for piece in passages for place in _places(piece)]
    whole = concatenated(passages, "\n")
    city = _town(places) or _unknown_town(whole)
    region = _first(places, "region")
    country = _first(places, "country_code") or _printed_code(passages)
    named = [part for part in (city, region, country) if part]
    if not named:
        return None
    first = min(part.words[0].line for part in named)
    around = [piece for piece in passages if piece.words[-1].line >= first]
    return LocationDraft(
        address=_address(passages, named),
        postal_code=_postal(concatenated(around, "\n")),
        city=city,
        region=region,
        country_code=country,
    )


def _address(passages: Sequence[Passage], named: Sequence[Found]) -> Found | None:
    """Street and house: what stands in front of the first name of a place, from a number on."""
    placed = {word for part in named for word in part.words}
    street: list[Passage] = []
    for piece in passages:
        label = _ADDRESS_LABEL.match(piece.text)
        start = label.end() if label else 0
        stop = next(
            (a for w, (a, _) in zip(piece.words, piece.spans, strict=True) if w in placed), None
        )
        part = piece.cut(start, len(piece.text) if stop is None else stop)
        if part.says_something and (street or label or _STREET.search(part.text)):
            street.append(part)
        if stop is not None:
            break
    whole = concatenated(street, ", ")
    return whole.valued(_tidy(whole.text), "location.address", 0.6) if street else None


def _tidy(text: str) -> str:
    """Without the postal code, and without doubled commas where lines end with one."""
    return trim(_COMMAS.sub(", ", _POSTAL.sub("", text)))


def _is_about_something_else(line: LabelledLine) -> bool:
    label = labelled(passage_of(line))
    if label is None or _address_label(line) is not None:
        return _NO_ADDRESS.match(line.text) is not None
    return _PART_OF_ADDRESS.search(label.label) is None and not _is_place(label.label)


def _is_place(text: str) -> bool:
    """Whether what looks like a label is a town in front of its postal code."""
    return find_location(text.title()) is not None


def _places(passage: Passage) -> Iterator[Place]:
    """All places of the passage, in order."""
    offset = 0
    while offset < len(passage.text):
        place = find_location(passage.text[offset:])
        if place is None:
            return
        yield Place(
            place.city, place.region, place.country_code, place.start + offset, place.end + offset
        )
        offset += max(place.end, 1)


def _town(places: Sequence[tuple[Passage, Place]]) -> Found | None:
    """The last town of the first address: what stands before it is a quarter or a village."""
    towns = [(p, x) for p, x in _together(places) if x.city and len(x.city) >= _SHORTEST_TOWN]
    return _value(towns[-1], towns[-1][1].city) if towns else None


def _together(places: Sequence[tuple[Passage, Place]]) -> list[tuple[Passage, Place]]:
    """The places of the first address: up to the first country, or to the first line's end."""
    for number, (_, place) in enumerate(places):
        if place.country_code:
            return list(places[: number + 1])
    return list(places)


def _value(where: tuple[Passage, Place], text: str | None) -> Found | None:
    """A part of a place; its words are those that name it, or all of them (a country's code)."""
    if not text:
        return None
    passage, place = where
    start = passage.text.find(text, place.start, place.end)
    end = start + len(text)
    part = passage.cut(start, end) if start >= 0 else passage.cut(place.start, place.end)
    return part.valued(text, "location.lexicon", 0.75)


def _first(places: Sequence[tuple[Passage, Place]], part: str) -> Found | None:
    return next((_value(p, getattr(p[1], part)) for p in places if getattr(p[1], part)), None)


def _unknown_town(passage: Passage) -> Found | None:
    for pattern in (_BEFORE_PIN, _DISTRICT):
        match = pattern.search(passage.text)
        if match is not None:
            group = next(name for name, value in match.groupdict().items() if value)
            return passage.found("location.form", 0.6, span=match.span(group))
    return None


def _printed_code(passages: Sequence[Passage]) -> Found | None:
    """The country where an address ends with its code: "Genève (CH)", "Lille, FR"."""
    for passage in passages:
        match = _CODE.search(passage.text) or _code_in_row(passage.text)
        if match and match["code"] in SUPPORTED_REGIONS and match["code"] not in _STATES:
            return passage.found("location.code", 0.7, span=match.span("code"))
    return None


def _code_in_row(text: str) -> re.Match[str] | None:
    """A code behind a known town and before a separator: "Manager, IT | …" names no country."""
    for match in _CODE_IN_ROW.finditer(text):
        place = find_location(match["address"])
        if place is not None and place.city is not None:
            return match
    return None


def _postal(passage: Passage) -> Found | None:
    match = _POSTAL.search(passage.text)
    return passage.found("location.postal", 0.8, span=match.span("code")) if match else None
