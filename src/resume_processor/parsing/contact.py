"""Who the candidate is and how to reach them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.fields.phones import find_phones
from resume_processor.parsing.fields.urls import find_urls
from resume_processor.parsing.headline import find_headline
from resume_processor.parsing.home import find_home
from resume_processor.parsing.name import find_name
from resume_processor.parsing.passage import passage_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import BasicsDraft, Found, LabelledLine

#: Contact data in these sections are somebody else's.
_FOREIGN = frozenset({SectionKind.REFERENCES})
#: Where phones and sites of the candidate stand.
_NEAR = frozenset(
    {SectionKind.HEADER, SectionKind.PERSONAL, SectionKind.SUMMARY, SectionKind.OTHER}
)


def read_contact(lines: Sequence[LabelledLine]) -> BasicsDraft:
    """Name, headline, e-mail addresses, phones, sites and home; not the summary."""
    own = [line for line in lines if line.kind not in _FOREIGN]
    near = [line for line in own if line.kind in _NEAR]
    name = find_name(own)
    home = find_home(near, name)
    region = home.country_code.text if home.country_code else None
    return BasicsDraft(
        name=name,
        label=find_headline(lines, name),
        emails=_all(own, find_emails, 0.97),
        phones=_all(near, lambda text: find_phones(text, region), 0.9)
        or _all(own, lambda text: find_phones(text, region), 0.7),
        urls=_urls(own),
        location=home,
    )


def _all(
    lines: Iterable[LabelledLine], find: Callable[[str], Iterable[Match]], confidence: float
) -> tuple[Found, ...]:
    """Every match, in order, each value once."""
    found: dict[str, Found] = {}
    for line in lines:
        passage = passage_of(line)
        for match in find(passage.text):
            value = passage.cut(match.start, match.end).valued(match.value, match.rule, confidence)
            if value is not None:
                found.setdefault(value.text, value)
    return tuple(found.values())


def _urls(lines: Sequence[LabelledLine]) -> tuple[Found, ...]:
    """Visible addresses and link targets near the top."""
    near = [line for line in lines if line.kind in _NEAR]
    return _all(near, find_urls, 0.85)
