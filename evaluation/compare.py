"""When two values of a field count as the same.

The definitions are those of the benchmark's scorer, so that both give the same figures on the same
input (a test holds them together). All comparisons take the gold value first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from rapidfuzz import fuzz

Same = Callable[[object, object], bool]

#: Likeness (0..100) from which two short texts are the same.
TEXT_LIKENESS = 85
#: The same for skills, which are shorter and nearer to each other.
SKILL_LIKENESS = 88
#: Skills up to this length must be equal: "C" is not "C++", "Go" is not "Git".
EXACT_SKILL_LENGTH = 4
#: Share of words that two long texts must have in common, both ways.
LONG_TEXT_OVERLAP = 0.8
#: Digits of a phone number that count, from its end: the country code may be missing.
PHONE_DIGITS = 9

_WORDS = re.compile(r"[\w+#]+")


def fold(value: object) -> str:
    """Words of a value in lower case without accents, one space between them; "+" and "#" stay."""
    decomposed = unicodedata.normalize("NFKD", str(value)).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(plain.replace("_", " ")))


def same_text(gold: object, predicted: object) -> bool:
    """Nearly equal, the order of words aside."""
    left, right = fold(gold), fold(predicted)
    if not (left and right):
        return left == right
    likeness = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    return likeness >= TEXT_LIKENESS


def same_name(gold: object, predicted: object) -> bool:
    """As ``same_text``, or one holds all words of the other and is at most twice as long."""
    if same_text(gold, predicted):
        return True
    left, right = fold(gold).split(), fold(predicted).split()
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    return bool(short) and set(short) <= set(long) and 2 * len(short) >= len(long)


def same_skill(gold: object, predicted: object) -> bool:
    """Equal, or nearly so where both are long enough to allow for a typing error."""
    left, right = fold(gold), fold(predicted)
    if left == right:
        return True
    if min(len(left), len(right)) <= EXACT_SKILL_LENGTH:
        return False
    return fuzz.ratio(left, right) >= SKILL_LIKENESS


def same_long_text(gold: object, predicted: object) -> bool:
    """Four words in five are shared."""
    left, right = Counter(fold(gold).split()), Counter(fold(predicted).split())
    longest = max(left.total(), right.total(), 1)
    return (left & right).total() >= LONG_TEXT_OVERLAP * longest


def same_date(gold: object, predicted: object) -> bool:
    """Equal to the month, or as far as both go; "present" only equals itself."""
    return _month(gold) == _month(predicted)


def _month(value: object) -> str:
    text = str(value).strip().casefold()
    return text if text == "present" else text[:7]


def same_day(gold: object, predicted: object) -> bool:
    """Equal to the day."""
    return str(gold)[:10] == str(predicted)[:10]


def same_phone(gold: object, predicted: object) -> bool:
    """The last nine digits are equal."""
    left, right = (re.sub(r"\D", "", str(value)) for value in (gold, predicted))
    return bool(left) and left[-PHONE_DIGITS:] == right[-PHONE_DIGITS:]


def same_email(gold: object, predicted: object) -> bool:
    """Equal, case aside."""
    return str(gold).strip().casefold() == str(predicted).strip().casefold()


def same_url(gold: object, predicted: object) -> bool:
    """Equal, scheme, "www." and a closing slash aside."""
    return _bare_url(gold) == _bare_url(predicted)


def _bare_url(value: object) -> str:
    return re.sub(r"^(https?:)?/*(www\.)?", "", str(value).strip().casefold()).rstrip("/")
