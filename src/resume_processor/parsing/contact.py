"""Who the candidate is and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from resume_processor.parsing.continued_emails import continued_emails
from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.fields.phones import find_phones
from resume_processor.parsing.fields.urls import find_urls
from resume_processor.parsing.headline import find_headline
from resume_processor.parsing.home import find_home
from resume_processor.parsing.links import mails_of, phones_of, sites_of
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

#: Sites elsewhere are those of employers and projects.
_NEAREST = frozenset({SectionKind.HEADER, SectionKind.PERSONAL})
#: "H.No", "Mob.No", and the rest of a broken e-mail address.
_NO_SITE = re.compile(
    r"^[\w.]{1,6}\.no$|^(?:g?m?ail|yahoo|hotmail|outlook|rediffmail)\.\w+$", re.IGNORECASE
)
_NO_DIGIT = re.compile(r"\D")
_SCHEME = re.compile(r"^[a-z][a-z+.-]*:/*", re.IGNORECASE)
#: A link on an address shows it on a map.
_MAP = re.compile(
    r"//(?:www\.)?(?:google\.[a-z.]+/maps|maps\.|goo\.gl/maps|openstreetmap)", re.IGNORECASE
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
        emails=_emails(own),
        phones=_phones(near, region) or _phones(own, region),
        urls=_urls([line for line in own if line.kind in _NEAREST]),
        location=home,
    )


def _all(
    lines: Iterable[LabelledLine], find: Callable[[str], Iterable[Match]], confidence: float
) -> Iterator[Found]:
    """Every match, in order; most lines have none, so their passages are not made."""
    for line in lines:
        for match in find(line.text):
            found = (
                passage_of(line)
                .cut(match.start, match.end)
                .valued(match.value, match.rule, confidence)
            )
            if found is not None:
                yield found


def _emails(lines: Sequence[LabelledLine]) -> tuple[Found, ...]:
    """What is printed goes first; what goes on where a line or the print was cut replaces it."""
    printed = list(_all(lines, find_emails, 0.97))
    continued = list(continued_emails(lines))
    linked = [found for found in mails_of(lines) if find_emails(found.text)]
    whole = [_longer(found, [*linked, *continued]) for found in printed]
    return _distinct([*whole, *continued, *linked], lambda text: text.casefold())


def _longer(printed: Found, others: Sequence[Found]) -> Found:
    start = printed.text.casefold()
    return next((one for one in others if one.text.casefold().startswith(start)), printed)


def _phones(lines: Sequence[LabelledLine], region: str | None) -> tuple[Found, ...]:
    printed = _all(lines, lambda text: find_phones(text, region), 0.9)
    return _distinct([*printed, *phones_of(lines)], lambda text: _NO_DIGIT.sub("", text)[-9:])


def _urls(lines: Sequence[LabelledLine]) -> tuple[Found, ...]:
    """Link targets, which are whole, before what is printed."""
    linked = [found for found in sites_of(lines) if not _MAP.search(found.text)]
    printed = [
        _with_scheme(found)
        for found in _all(lines, find_urls, 0.85)
        if not _NO_SITE.match(found.text)
    ]
    ordered = sorted([*linked, *printed], key=lambda found: found.words[0].line)
    return _distinct(ordered, _bare)


def _with_scheme(url: Found) -> Found:
    """JSON Resume wants a URI."""
    if _SCHEME.match(url.text):
        return url
    return replace(url, text=f"https://{url.text}")


def _bare(url: str) -> str:
    return _SCHEME.sub("", url.casefold()).removeprefix("www.").rstrip("/")


def _distinct(found: Iterable[Found], key: Callable[[str], str]) -> tuple[Found, ...]:
    """Each value once, in order."""
    kept: dict[str, Found] = {}
    for one in found:
        kept.setdefault(key(one.text), one)
    return tuple(kept.values())
