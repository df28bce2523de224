"""Telephone numbers of every country, as written and in E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from resume_processor.parsing.fields.dates import find_dates
from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.lexicon.folding import fold

# Its patterns are its own metadata's and never made of a text: they stay compiled, whatever becomes
# of the cache of ``re``, which is emptied after every document.
phonenumbers.enable_pattern_cache()

_ABROAD = re.compile(r"\(?00(?=[1-9])")
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Phone(Match):
    """A number: ``value`` as written, ``e164`` in international form where it is valid."""

    e164: str | None = None


#: What looks like a number: seven digits at least, with the signs that people put between them.
_CANDIDATE = re.compile(
    r"(?<![\w@#=])(?<!\d[.,])(?:\+ ?|\(\+?|00)?\d(?:[ ().~-]{0,3}\d){6,16}"
    r"(?!\w|[.,]\d{1,3}(?!\d)|-\d)"
    # "030/901820": an area code before a slash
    r"|(?<![\w@#=/])(?:\+\d\d ?)?\(?0?\d{2,5}\)? ?/ ?\d(?:[ -]?\d){4,9}(?![\w/])"
)
#: Countries whose national numbers are tried where no country is known, by how often they occur.
_GUESSES = ("IN", "US", "GB", "DE", "FR", "ES", "BR", "PL", "PT", "CN", "PK", "AE", "ZA", "NG")
#: How numbers are written in North America.
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")
#: Words before a number that say what it is.
_LABEL = re.compile(
    r"(?:phone|mobile|mob|cell|tel|telefon|telefono|telephone|telefone|handy|celular|movil|"
    r"portable|"
    r"contact|call|ph|whatsapp|komorka|telefone|fixe|gsm|resi?|"
    r"手机|电话)(?:[ ]?(?:nos?|number|numbers|nr|num|numero|#|phone))?[.:)#~ -]*(?:\(?\+?\)?)$|"
    r"(?<![a-z])[mtpch] ?[:.)] ?$"
)
#: The end of a longer number, or of a reference such as "AB-12-2019-…".
_GOES_ON = re.compile(r"\w-$")
#: What parts a number from the next.
_NEXT = re.compile(r"[\s/,;&|\\]{1,5}|\s(?:and|or|et|und)\s")
_NO_PHONE = re.compile(
    r"(?:pin|pincode|pin code|zip|postal|passport|account|a/c|aadhaar|aadhar|pan|licen[cs]e|id|"
    r"roll|reg|"
    r"registration|enrol(?:l)?ment|membership|isbn|issn|doi|orcid|certificate|cert|fax|employee|"
    r"nic|r\.no|mci|mrn|ref|nip|regon|pesel|cpf|rg|dni|nif|steuer|usd|inr|rs|eur|"
    r"[$€£₹])(?:[ /]*(?:no|number|nr|num|#|id))*[.:# -]*(?:[a-z]{1,6}[ -]{0,2})?$"
)


@lru_cache(maxsize=2048)
def find_phones(text: str, region: str | None = None) -> tuple[Phone, ...]:
    """The numbers of the text, from left to right.

    ``region`` (ISO country code) is where national numbers belong to. Without it a national number
    counts if it is valid in a country of the usual ones or stands behind a word such as "Phone".
    """
    if sum(c.isdigit() for c in text) < 7:
        return ()
    folded = fold(text)
    dates = [(d.start, d.end) for d in find_dates(text) if _is_full(d.rule)]
    found: list[Phone] = []
    for match in _CANDIDATE.finditer(folded):
        follows = bool(found) and _NEXT.fullmatch(folded[found[-1].end : match.start()]) is not None
        phone = _phone(text, folded, match, region, dates, follows=follows)
        if phone is not None:
            found.append(phone)
    return tuple(found)


def _is_full(rule: str) -> bool:
    return rule != "dates.month_short"


def _phone(
    text: str,
    folded: str,
    match: re.Match[str],
    region: str | None,
    dates: list[tuple[int, int]],
    *,
    follows: bool,
) -> Phone | None:
    start, end = match.span()
    written = text[start:end]
    before = folded[max(0, start - 30) : start]
    if _NO_PHONE.search(before) or any(s < end and start < e for s, e in dates):
        return None
    labelled = follows or _LABEL.search(before) is not None
    if not labelled and _GOES_ON.search(before):
        return None
    parsed = _parse(folded[start:end], region, labelled=labelled)
    digits = sum(c.isdigit() for c in written)
    if parsed is None and not (labelled and 7 <= digits <= 15):
        return None
    if written.count("(") < written.count(")") or written.count("(") > written.count(")"):
        start, end = _balanced(text, start, end)
    rule = "phones.valid" if parsed else "phones.labelled"
    return Phone(start, end, text[start:end].strip(), rule, parsed)


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with a bracket that was opened just before it."""
    if start > 0 and text[start - 1] == "(" and ")" in text[start:end]:
        return start - 1, end
    return start, end


def _parse(number: str, region: str | None, *, labelled: bool) -> str | None:
    """The number in E.164, or None where it is valid nowhere."""
    number = _ABROAD.sub("+", number, count=1) if _ABROAD.match(number) else number
    if "+" in number[:2]:
        return _valid(number, None)
    digits = _NO_DIGIT.sub("", number)
    regions = [region] if region else []
    if _AMERICAN.fullmatch(number):
        regions.append("US")
    if labelled or len(digits) >= 10:
        regions += [r for r in _GUESSES if r != region]
    for guess in regions:
        e164 = _valid(number, guess)
        if e164 is not None:
            return e164
    return _valid("+" + digits, None) if len(digits) >= 11 else None


def _valid(number: str, region: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(number.replace("~", "-"), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
