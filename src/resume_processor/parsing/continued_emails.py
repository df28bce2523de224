"""E-mail addresses that go on in the next line: narrow columns break them anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from resume_processor.parsing.fields.emails import find_emails, has_known_ending
from resume_processor.parsing.passage import Passage, concatenated, passage_of
from resume_processor.parsing.values import Found, LabelledLine

#: Endings that a shorter one, which is a country's, may be the beginning of: ".co" of ".com".
_GENERIC = frozenset({"com", "net", "org", "edu", "info"})
#: The next line is no further below than this, in units of the font size.
_PITCH = 2.5
_CONFIDENCE = 0.9


def continued_emails(lines: Sequence[LabelledLine]) -> Iterator[Found]:
    """The addresses that only two lines together hold, with the words of both."""
    for line, following in pairwise(lines):
        if "@" not in line.text and "@" not in following.text:
            continue
        if _goes_on_in(line, following):
            found = _over(_last_word(line), _first_word(following), following)
            if found is not None:
                yield found


def _goes_on_in(line: LabelledLine, following: LabelledLine) -> bool:
    above, below = line.line, following.line
    if (above.page, above.column) != (below.page, below.column):
        return False
    return 0 <= below.box.y0 - above.box.y0 <= _PITCH * above.size


def _last_word(line: LabelledLine) -> Passage:
    whole = passage_of(line)
    return whole.cut(whole.text.rfind(" ") + 1, len(whole.text))


def _first_word(line: LabelledLine) -> Passage:
    whole = passage_of(line)
    return whole.cut(0, (whole.text + " ").find(" "))


def _over(first: Passage, second: Passage, following: LabelledLine) -> Found | None:
    both = concatenated([first, second], glue="")
    match = next((m for m in find_emails(both.text) if m.start < len(first.text) < m.end), None)
    if match is None or match.end != len(both.text) or find_emails(second.text):
        return None
    is_whole = any(m.end == len(first.text) for m in find_emails(first.text))
    is_alone = second.text == following.text
    if not _is_rest(match.value, second.text, is_whole=is_whole, is_alone=is_alone):
        return None
    return both.cut(match.start, match.end).valued(match.value, "emails.continued", _CONFIDENCE)


def _is_rest(address: str, rest: str, *, is_whole: bool, is_alone: bool) -> bool:
    """Whether the second word belongs to the address; without it, it may be whole already."""
    if rest != rest.lower():
        return False
    if not is_whole:
        return has_known_ending(address)
    return is_alone and address.rpartition(".")[2] in _GENERIC
