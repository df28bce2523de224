"""Projects a gold record onto the tokens of its document.

A value may stand in many places: "Manager" as a title, in a summary, in a reference. The place that
is taken is the one in the right section, near the other values of its entry, in the order of the
record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.parsing.models.date_spans import DateSpan
from resume_processor.parsing.models.labels import ENTRY_FIELDS, SECTION_OF
from resume_processor.parsing.section_kind import SectionKind
from training.align import Span, Stream

#: Distances in lines beyond this do not matter any more.
FARTHEST = 12.0
#: What a place costs, in lines, for standing under a heading of another section.
WRONG_SECTION = 6.0
#: What it saves under a heading of its own section.
RIGHT_SECTION = 4.0
#: What a place costs that another entry has taken for the same field; a name may be shared.
TAKEN = 5.0
#: What an entry costs that stands before the one before it in the record.
OUT_OF_ORDER = 2.5

#: The gold key of each field that makes up entries; ``date`` stands for the two ends of a period.
ENTRY_KEYS: dict[SectionKind, str] = {
    SectionKind.WORK: "work",
    SectionKind.EDUCATION: "education",
    SectionKind.CERTIFICATES: "certificates",
    SectionKind.LANGUAGES: "languages",
    SectionKind.VOLUNTEER: "volunteer",
}
#: Lists of single values: gold key, key inside an item (None where the item is the value), field.
LISTS: tuple[tuple[str, str | None, str], ...] = (
    ("skills", None, "skills"),
    ("projects", "name", "projects.name"),
    ("publications", "name", "publications.name"),
    ("awards", "title", "awards.title"),
    ("interests", None, "interests"),
    ("references", "name", "references.name"),
)
PERSONAL = ("nationality", "gender", "maritalStatus")


@dataclass(frozen=True, slots=True)
class Located:
    """A gold value and the tokens it was found at; ``entry`` is its entry's index in the record."""

    field: str
    entry: int
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """What the projection needs to know about a document."""

    stream: Stream
    lines: Sequence[int]  #: the line of each token
    sections: Sequence[SectionKind | None]  #: of each line, by the heading above it
    dates: Sequence[DateSpan]


@dataclass(slots=True)
class Projection:
    """Where the values were found, and how many there were to find, by field."""

    located: list[Located]
    wanted: Counter[str]
    found: Counter[str]


def project(page: Page, gold: Mapping[str, Any]) -> Projection:
    """Locate every value of ``gold``."""
    projection = Projection([], Counter(), Counter())
    projector = _Projector(page, projection)
    for section, key in ENTRY_KEYS.items():
        projector.entries(section, gold.get(key) or [])
    for key, inner, field in LISTS:
        items = gold.get(key) or []
        projector.list_values(field, [item[inner] if inner else item for item in items])
    projector.basics(gold.get("basics") or {}, gold.get("personal") or {})
    return projection


class _Projector:
    def __init__(self, page: Page, projection: Projection) -> None:
        self.page = page
        self.out = projection
        self.taken: dict[int, str] = {}

    # ---- entries -------------------------------------------------------------------------

    def entries(self, section: SectionKind, records: Sequence[Mapping[str, Any]]) -> None:
        options = [self._options(section, record) for record in records]
        anchors = self._anchors(section, options)
        for index, (record, places, anchor) in enumerate(
            zip(records, options, anchors, strict=True)
        ):
            self._count(section, record)
            if anchor is None:
                continue
            for field, spans in sorted(places.items(), key=lambda item: len(item[1])):
                self._take(field, index, spans, anchor)

    def _count(self, section: SectionKind, record: Mapping[str, Any]) -> None:
        for field in ENTRY_FIELDS[section]:
            key = field.split(".")[1]
            if key == "date" and section is not SectionKind.CERTIFICATES:
                wanted = bool(record.get("startDate") or record.get("endDate"))
            else:
                wanted = bool(record.get(key))
            self.out.wanted[field] += wanted

    def _options(self, section: SectionKind, record: Mapping[str, Any]) -> dict[str, list[Span]]:
        options: dict[str, list[Span]] = {}
        for field in ENTRY_FIELDS[section]:
            key = field.split(".")[1]
            if key == "date":
                options |= self._date_options(field, record)
            elif record.get(key):
                options[field] = self.page.stream.places(str(record[key]))
        return {field: spans for field, spans in options.items() if spans}

    def _date_options(self, field: str, record: Mapping[str, Any]) -> dict[str, list[Span]]:
        start, end = record.get("startDate"), record.get("endDate") or record.get("date")
        if not start and not end:
            return {}
        joint = [
            Span(date.first_token, date.last_token, likeness)
            for date in self.page.dates
            if (likeness := _period_likeness(date, start, end)) > 0
        ]
        if joint:
            return {field: joint}
        halves = {}
        for half, value in (("<", start), (">", end)):
            if value:
                halves[field + half] = [
                    Span(date.first_token, date.last_token)
                    for date in self.page.dates
                    if _holds(date, value)
                ]
        return halves

    def _anchors(
        self, section: SectionKind, options: Sequence[Mapping[str, list[Span]]]
    ) -> list[int | None]:
        """The line around which each entry stands: least cost over all entries together."""
        best: list[dict[int, tuple[float, int | None]]] = []
        for places in options:
            lines = sorted({self._line(s) for spans in places.values() for s in spans})
            row: dict[int, tuple[float, int | None]] = {}
            for line in lines:
                cost = self._entry_cost(section, places, line)
                row[line] = self._with_previous(best[-1] if best else {}, line, cost)
            best.append(row or (best[-1] if best else {}))
        return self._trace_back(best, options)

    def _with_previous(
        self, previous: Mapping[int, tuple[float, int | None]], line: int, cost: float
    ) -> tuple[float, int | None]:
        if not previous:
            return cost, None
        totals = [
            (total + (OUT_OF_ORDER if before > line else 0.7 if before == line else 0.0), before)
            for before, (total, _) in previous.items()
        ]
        least, before = min(totals)
        return least + cost, before

    def _trace_back(
        self,
        best: Sequence[Mapping[int, tuple[float, int | None]]],
        options: Sequence[Mapping[str, list[Span]]],
    ) -> list[int | None]:
        anchors: list[int | None] = [None] * len(best)
        line: int | None = None
        for index in range(len(best) - 1, -1, -1):
            if not options[index]:
                continue
            row = best[index]
            if line is None:
                line = min(row, key=lambda key: row[key][0])
            anchors[index] = line
            line = row[line][1]
        return anchors

    def _entry_cost(
        self, section: SectionKind, places: Mapping[str, list[Span]], line: int
    ) -> float:
        total = self._section_cost(section, line)
        for spans in places.values():
            total += min(
                min(abs(self._line(span) - line), FARTHEST) + 8 * (1 - span.likeness)
                for span in spans
            )
        return total

    def _take(self, field: str, entry: int, spans: Sequence[Span], anchor: int) -> None:
        plain = field.rstrip("<>")

        def cost(span: Span) -> tuple[float, int]:
            away = abs(self._line(span) - anchor) + 8 * (1 - span.likeness)
            return away + self._taken_cost(plain, span), span.first

        self._place(plain, entry, min(spans, key=cost))

    # ---- lists and single values ---------------------------------------------------------

    def list_values(self, field: str, values: Sequence[str | None]) -> None:
        section = SECTION_OF[field]
        options = [self.page.stream.places(str(value)) if value else [] for value in values]
        crowd = Counter(line for spans in options for line in {self._line(span) for span in spans})
        self.out.wanted[field] += sum(1 for value in values if value)
        for index, spans in sorted(enumerate(options), key=lambda item: (len(item[1]), item[0])):
            if spans:
                span = min(spans, key=lambda s: self._list_cost(field, section, crowd, s))
                self._place(field, index, span)

    def _list_cost(
        self, field: str, section: SectionKind, crowd: Mapping[int, int], span: Span
    ) -> tuple[float, int]:
        line = self._line(span)
        near = sum(min(crowd.get(other, 0), 3) for other in range(line - 2, line + 3))
        cost = self._section_cost(section, line) - 0.5 * min(near, 8)
        return cost + self._taken_cost(field, span) + 8 * (1 - span.likeness), span.first

    def basics(self, basics: Mapping[str, Any], personal: Mapping[str, Any]) -> None:
        for field in ("name", "label"):
            self._single(field, basics.get(field))
        for field, key in (("email", "email"), ("phone", "phone"), ("url", "urls")):
            for value in basics.get(key) or []:
                self._single(field, value)
        self._location(basics.get("location") or {})
        self._single("summary", basics.get("summary"))
        for key in PERSONAL:
            self._single(f"personal.{key}", personal.get(key))
        self._birth_date(personal.get("birthDate"))

    def _single(self, field: str, value: str | None) -> None:
        if not value:
            return
        self.out.wanted[field] += 1
        spans = self.page.stream.places(value)
        if spans:
            section = SECTION_OF[field]
            self._place(field, 0, min(spans, key=lambda s: self._single_cost(field, section, s)))

    def _single_cost(self, field: str, section: SectionKind, span: Span) -> tuple[float, int]:
        line = self._line(span)
        cost = self._section_cost(section, line) + 0.02 * line
        return cost + self._taken_cost(field, span) + 8 * (1 - span.likeness), span.first

    def _location(self, location: Mapping[str, Any]) -> None:
        raw, city = location.get("raw"), location.get("city")
        address = None
        if raw:
            self._single("address", raw)
            address = next((x.span for x in self.out.located if x.field == "address"), None)
        if not city:
            return
        self.out.wanted["city"] += 1
        spans = self.page.stream.places(city)
        inside = [s for s in spans if address and address.first <= s.first <= address.last]
        if inside:
            self._place("city", 0, inside[-1])
        elif spans:
            header = SectionKind.HEADER
            self._place("city", 0, min(spans, key=lambda s: self._single_cost("city", header, s)))

    def _birth_date(self, value: str | None) -> None:
        if not value:
            return
        self.out.wanted["personal.birthDate"] += 1
        spans = [Span(d.first_token, d.last_token) for d in self.page.dates if _holds(d, value)]
        if spans:
            self._place("personal.birthDate", 0, spans[0])

    # ---- costs ---------------------------------------------------------------------------

    def _line(self, span: Span) -> int:
        return self.page.lines[span.first]

    def _section_cost(self, section: SectionKind, line: int) -> float:
        here = self.page.sections[line]
        if here is section:
            return -RIGHT_SECTION
        both = {here, section}
        if here is None or both <= {SectionKind.HEADER, SectionKind.PERSONAL, SectionKind.SUMMARY}:
            return 0.0
        return WRONG_SECTION

    def _taken_cost(self, field: str, span: Span) -> float:
        takers = {self.taken.get(token) for token in range(span.first, span.last + 1)} - {None}
        if not takers:
            return 0.0
        return TAKEN if takers == {field} else 2 * TAKEN

    def _place(self, field: str, entry: int, span: Span) -> None:
        self.out.located.append(Located(field, entry, span))
        self.out.found[field] += 1
        for token in range(span.first, span.last + 1):
            self.taken.setdefault(token, field)


def _same_month(date: str | None, gold: str | None) -> bool:
    """Whether they agree as far as the less precise of the two goes."""
    if not date or not gold:
        return False
    length = min(len(date), len(gold), 7)
    return date[:length] == gold[:length]


def _holds(date: DateSpan, value: str) -> bool:
    if value == "present":
        return date.ongoing
    return any(_same_month(end, value) for end in (date.first, date.last, date.single))


def _period_likeness(date: DateSpan, start: str | None, end: str | None) -> float:
    """How well a date range states the period; 0.0 where it does not."""
    if start and end:
        closes = date.ongoing if end == "present" else _same_month(date.last, end)
        return 1.0 if closes and _same_month(date.first, start) else 0.0
    value = start or end
    if _same_month(date.single, value):
        return 1.0
    if start and _same_month(date.first, start):
        return 0.9 if date.last is None else 0.8
    if end and (date.ongoing if end == "present" else _same_month(date.last, end)):
        return 0.8
    return 0.0
