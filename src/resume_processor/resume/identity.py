"""What says who a person is, and finding it in text: the name in any dress, handles, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from urllib.parse import urlsplit

#: Addresses of mail, web and telephone, whoever's they are.
_CONTACT = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|(?:https?://|www\.)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|me)/\S+"  # no ASP.NET, no Booking.com
    r"|(?<![\w.])\+?\(?\d(?:[\d\s().-]{6,}\d)(?!\w|\.\w)",
    re.IGNORECASE,
)
#: Seven digits and more that are a stretch of years: no telephone.
_YEARS = re.compile(r"^(19|20)\d\d\D+((19|20)\d\d|\d\d)(\D.*)?$")
_NUMBER = re.compile(r"\d+")
#: A run of letters and digits; an underscore parts words, as in the names of files.
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GENITIVE = re.compile(r"['’]s$")
#: Shorter parts of a name (an initial) stand in too many other words' places.
_SHORTEST_PART = 2
#: From this length on a part of a name is found inside of words, too: in addresses and handles.
_LONG_PART = 5
#: Shorter handles, and those that anybody may have, are words like any other.
_SHORTEST_HANDLE = 3
_ANYBODYS = frozenset(
    {
        *("admin", "career", "careers", "contact", "cv", "email", "gmail", "hello", "home", "info"),
        *("job", "jobs", "mail", "me", "office", "profil", "profile", "resume", "user", "web"),
        *("work", "www"),
    }
)
#: Names of more parts are not put together in every order.
_MOST_PARTS = 4
#: How a name is written where there are no such letters.
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Identity:
    """Folded words of the name, handles and joined names; and phrases of several folded words."""

    names: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each of some texts that follow each other: where it has something of the person."""
        tokens = [
            (place, found.span(), _bare(found[0]))
            for place, text in enumerate(texts)
            for found in _TOKEN.finditer(text)
        ]
        spans: list[list[Span]] = [[] for _ in texts]
        hits = self._hits([folded for _, _, folded in tokens])
        for at in sorted(hits):
            place, (first, last), _ = tokens[at]
            if spans[place] and at - 1 in hits:  # right behind: one with it
                first = spans[place].pop()[0]
            spans[place].append((first, last))
        return spans

    def _hits(self, folded: Sequence[str]) -> set[int]:
        hits = {at for at, word in enumerate(folded) if self._is_name(word)}
        # an initial beside a name is one of its own
        for at in list(hits):
            hits.update(
                near
                for near in (at - 1, at + 1)
                if 0 <= near < len(folded) and len(folded[near]) == 1 and folded[near].isalpha()
            )
        for phrase in self.phrases:
            for at in range(len(folded) - len(phrase) + 1):
                if tuple(folded[at : at + len(phrase)]) == phrase:
                    hits.update(range(at, at + len(phrase)))
        return hits

    def _is_name(self, word: str) -> bool:
        return word in self.names or any(
            len(part) >= _LONG_PART and part in word for part in self.names
        )


def identity_of(documents: Iterable[Mapping[str, Any]], phrases: Iterable[str]) -> Identity:
    """Of the person of these JSON Resumes; ``phrases`` say as much as the name does."""
    names: set[str] = set()
    runs = {words_of(phrase) for phrase in phrases}
    for document in documents:
        basics = document.get("basics", {})
        names |= _names(str(basics.get("name") or ""))
        for handle in _handles(basics):
            words = words_of(handle)
            if len(words) > 1:
                runs.add(words)
            else:
                names.update(word for word in words if _is_own(word))
    return Identity(frozenset(names), tuple(sorted(run for run in runs if run)))


def contact_spans(text: str) -> list[Span]:
    """Where addresses of mail, web and telephone stand."""
    return [found.span() for found in _CONTACT.finditer(text) if not _is_time(found[0])]


def words_of(text: str) -> tuple[str, ...]:
    """Its folded words."""
    return tuple(_bare(word) for word in _TOKEN.findall(text))


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _bare(word: str) -> str:
    """A word as it is compared."""
    return _GENITIVE.sub("", fold(word))


def _names(name: str) -> set[str]:
    """The parts of a name in their spellings, and what they are when they are joined."""
    found: set[str] = set()
    for spelling in (name, name.lower().translate(_SPELT_OUT)):
        parts = [part for part in words_of(spelling) if len(part) >= _SHORTEST_PART]
        found.update(parts)
        for length in range(2, len(parts[:_MOST_PARTS]) + 1):
            found.update(map("".join, permutations(parts[:_MOST_PARTS], length)))
    return found


def _handles(basics: Mapping[str, Any]) -> Iterator[str]:
    """What a person is called in addresses and networks."""
    yield str(basics.get("email") or "").partition("@")[0]
    yield _own_part(str(basics.get("url") or ""))
    for profile in basics.get("profiles") or ():
        yield str(profile.get("username") or "")
        yield _own_part(str(profile.get("url") or ""))


def _own_part(url: str) -> str:
    """The end of a web address: of its path, or of its host where there is no path."""
    if not url:
        return ""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    if steps:
        return steps[-1]
    return ".".join((parts.hostname or "").removeprefix("www.").split(".")[:-1])


def _is_own(word: str) -> bool:
    return len(word) >= _SHORTEST_HANDLE and word not in _ANYBODYS and not word.isdigit()


def _is_time(text: str) -> bool:
    """Whether digits are a stretch of years, or days and months with a year: no telephone."""
    if _YEARS.match(text):
        return True
    numbers = _NUMBER.findall(text)
    years = [number for number in numbers if len(number) == 4 and number[:2] in {"19", "20"}]
    short = [number for number in numbers if len(number) <= 2 and int(number) <= 31]
    return "+" not in text and bool(years) and len(years) + len(short) == len(numbers)
