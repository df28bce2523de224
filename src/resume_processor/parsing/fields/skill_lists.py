"""Lists of skills, split fully."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resume_processor.parsing.fields.matches import Match
from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int


#: Between two skills, wherever it stands.
_HARD = re.compile(r"[,;|•·●▪■◦►✓➢❖\n\t]+|\s[–—-]\s|\s{3,}|\s*\\\s*|(?<=\S)\.(?=\s+[A-Z])")
_SLASH = re.compile(r"\s*/\s*")
_AND = re.compile(r"\s+(?:and|&|und|et|y|e|sowie|ou|or|as well as)\s+", re.IGNORECASE)
#: Things that are written with a slash.
_KEPT_SLASHES = re.compile(
    r"^(?:tcp/ip|ci/cd|pl/sql|pl/1|a/b(?: testing)?|i/o|client/server|and/or|n/w|s/w|h/w|os/2|z/os|b/s|ui/ux|ux/ui|"
    r"r/3|sap r/3|s/4 ?hana|sap s/4 ?hana|ap/ar|ar/ap|p/l|24/7|as/400|as400|b2b/b2c|p&l)$"
)
_KEPT_ANDS = re.compile(
    r"(?:research|profit|health|food|terms|trial|supply|mergers|accounts? payable|learning|time|training|"
    r"sales|policies|design|problem|heating|r|p|m|q|a|repair|operations?|installation|testing|"
    r"budgeting|planning|hiring|project) (?:and|&) |^(?:r ?& ?d|p ?& ?l|m ?& ?a|q ?& ?a|o ?& ?m|h ?& ?s)$"
)
#: The heading of a group in front of its skills.
_GROUP = re.compile(r"^\s*[^,;:()]{2,48}?\s*(?::|:-|–:|-:)\s*-?\s*(?=\S)")
#: Phrases around a skill in a sentence.
_OPENERS = re.compile(
    r"^(?:(?:i have |i am |have |has |having |with |also |a |an |the |my |very |highly |extremely |fully |well |"
    r"strong |good |excellent |sound |basic |deep |thorough |advanced |working |practical |hands[- ]on |extensive |solid |"
    r"in[- ]depth |expert |intermediate |fair |great |proven |broad |vast |general |adequate |fundamental |detailed |prior |technical |"
    r"bonne |tres bonne |gute |sehr gute |fundierte |solide |buen |buena |bom |boa |excelente |amplio |conhecimento |"
    r"and )*)"
    r"(?:knowledge|experience|skills?|exposure|understanding|familiarity|familiar|proficien(?:t|cy)|command|expertise|expert|"
    r"experienced|skilled|comfortable|conversant|ability|competen(?:t|ce)|grasp|hold|concepts?|background|acquaintance|versed|"
    r"working|specialized|trained|adept|efficient|use|usage|awareness|fluency|fluent|mastery|"
    r"connaissances?|maitrise|kenntnisse|erfahrung|umgang|conocimientos?|manejo|dominio|experiencia|conhecimentos?|dominio|"
    r"znajomosc|obsluga)"
    r"\s+(?:and (?:experience|knowledge|understanding)\s+)?(?:of|in|with|on|over|about|to use|to|using|de|du|des|d'|en|em|mit|in der|im|"
    r"von)(?:\s+(?:the|using|use of|working (?:with|on|in)|la|le|les|del|l'))*\s+"
)
_SIMPLE_OPENERS = re.compile(
    r"^(?:proficient|familiar|experienced|skilled|conversant|well versed|expert|comfortable|adept|efficient|competent|"
    r"knowledge|working|expertise|fluent|hands[- ]on|basics?|fundamentals?|basic|use|usage|operating|typing in)\s+"
    r"(?:of|in|with|on|at)\s+|^(?:tools|such as|including|like|e\.g\.?|i\.e\.?|viz\.?|namely|and|or|&|etc\.?)\s+|"
    r"^(?:other|others)\s*:\s*"
)
_CLOSERS = re.compile(
    r"\s*(?:\(?\s*(?:etc|and others|and more|et cetera|usw|u\.a)\.?\s*\)?|(?<=\w)\s+(?:etc\.*))\s*$|"
    r"\s+(?:knowledge|proficiency|expertise)$"
)
_LEVEL = re.compile(
    r"\s*(?:[-–:(]\s*)?\(?(?:beginner|intermediate|advanced|expert|basic|proficient|native|fluent|good|excellent|"
    r"\d{1,2}\+? ?(?:years?|yrs?|months?)(?: (?:of )?(?:experience|exp\.?))?|\d{1,3} ?%|\d/\d{1,2}|★+☆*|[●○]+)\)?\s*$"
)
_STRAY = " \t\n.,;:|•·●▪■◦►✓➢❖*–—-_/\\\"'“”‘’"
#: "Windows XP, 7": what stands for the product in the items behind.
_VERSION = re.compile(r"(?:xp|vista|nt|me|9[58]|\d{1,4}(?:\.\d+)*(?:\s?r2)?)", re.IGNORECASE)
_VERSIONED = re.compile(
    r"(?P<name>(?:ms |microsoft )?(?:windows(?: server)?|office|sql server|visual studio|oracle|autocad|java|php|python|"
    r"\.net(?: framework)?|c#|html|win|solid ?works|catia|vb|photoshop|angular|ubuntu|tally|tally erp|mysql|ios|android))\s*"
    r"(?P<version>xp|vista|nt|9[58]|v?\d{1,4}(?:\.\d+)*(?:\s?r2)?)",
    re.IGNORECASE,
)


def split_skills(text: str) -> tuple[Match, ...]:
    """The skills of a list or a sentence, in order.

    ``value`` is the skill as written, freed of what stands around it; "Windows XP, 7" gives "Windows
    XP" and "Windows 7". The heading of a group ("Tools:") is left out.
    """
    group = _GROUP.match(text)
    start = group.end() if group and _is_group(text, group.end()) else 0
    found: list[Match] = []
    for piece in _pieces(text, start, len(text)):
        match = _skill(text, piece)
        if match is not None:
            found.append(_versioned(found, match))
    return tuple(found)


def _is_group(text: str, end: int) -> bool:
    """Whether the words before the colon are a heading; "C: drive" and URLs are not."""
    return not text[end - 1 : end + 2].startswith("//") and "://" not in text[: end + 2]


# ---- cutting ----------------------------------------------------------------------------------


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    """What stands between separators and brackets."""
    for part in _outside_brackets(text, start, end):
        inner = _inner_brackets(text, part)
        if inner is None:
            yield from _finer(text, part)
            continue
        before = _Piece(part.start, inner.start - 1)
        head = text[before.start : before.end].strip(_STRAY)
        if _is_gloss(head, text[inner.start : inner.end]):
            yield _Piece(part.start, min(part.end, inner.end + 1))
            continue
        if head:
            yield from _finer(text, before)
        yield from _pieces(text, inner.start, inner.end)
        after = _Piece(inner.end + 1, part.end)
        if text[after.start : after.end].strip(_STRAY):
            yield from _pieces(text, after.start, after.end)


def _outside_brackets(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The parts between hard separators that stand in no bracket."""
    depth, first, at = 0, start, start
    while at < end:
        if text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth = max(0, depth - 1)
        elif depth == 0 and (match := _HARD.match(text, at, end)) is not None and match.end() > at:
            yield _Piece(first, at)
            first = at = match.end()
            continue
        at += 1
    yield _Piece(first, end)


def _inner_brackets(text: str, part: _Piece) -> _Piece | None:
    """What stands inside the first bracket of the part."""
    open_at = next((i for i in range(part.start, part.end) if text[i] in "([{"), None)
    if open_at is None:
        return None
    depth = 0
    for at in range(open_at, part.end):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0:
            return _Piece(open_at + 1, at)
    return _Piece(open_at + 1, part.end)


def _is_gloss(head: str, inside: str) -> bool:
    """Whether the bracket explains the one skill before it: "Object Oriented Programming (OOP)"."""
    if not head or re.search(r"[,;/]|\band\b", inside):
        return False
    letters = re.sub(r"[^A-Za-z]", "", inside)
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", head))
    is_short = (
        letters.isupper() and len(letters) >= 2 and letters.lower()[0] == initials[:1].lower()
    )
    is_level = _LEVEL.fullmatch(fold(f"({inside})")) is not None
    expands = head.isupper() and len(inside.split()) >= 2
    return (is_short and len(initials) >= 2) or is_level or expands


def _finer(text: str, part: _Piece) -> Iterator[_Piece]:
    """Cut at slashes and at "and" where these part skills."""
    pieces = _cut(text, part, _SLASH, _keeps_slash)
    for piece in pieces:
        yield from _cut(text, piece, _AND, _keeps_and)


def _cut(text: str, part: _Piece, pattern: re.Pattern[str], keeps: object) -> list[_Piece]:
    written = text[part.start : part.end]
    if not pattern.search(written) or keeps(written.strip(_STRAY)):  # type: ignore[operator]
        return [part]
    pieces, first = [], part.start
    for match in pattern.finditer(text, part.start, part.end):
        pieces.append(_Piece(first, match.start()))
        first = match.end()
    return [*pieces, _Piece(first, part.end)]


def _keeps_slash(written: str) -> bool:
    folded = fold(written)
    return (
        bool(_KEPT_SLASHES.search(folded))
        or "://" in written
        or any(_KEPT_SLASHES.match(word) for word in folded.split())
    )


def _keeps_and(written: str) -> bool:
    """Whether "and" joins words of one skill: only two named tools are parted."""
    parts = [part.strip() for part in _AND.split(_bare(written))]
    return not all(_is_tool(part) for part in parts) or bool(_KEPT_ANDS.search(fold(written)))


def _is_tool(part: str) -> bool:
    words = part.split()
    if not 1 <= len(words) <= 3:
        return False
    return any(
        is_a(w, WordClass.SKILL)
        or (w.isupper() and len(w) > 1)
        or any(c.isdigit() or c in "+#" for c in w)
        for w in words
    )


# ---- cleaning ---------------------------------------------------------------------------------


def _bare(written: str) -> str:
    """Without the phrases of a sentence around the skill."""
    opener = _OPENERS.match(fold(written)) or _SIMPLE_OPENERS.match(fold(written))
    return written[opener.end() :] if opener else written


def _skill(text: str, piece: _Piece) -> Match | None:
    start, end = piece.start, piece.end
    for _ in range(3):
        start, end = _stripped(text, start, end)
        folded = fold(text[start:end])
        opener = _OPENERS.match(folded) or _SIMPLE_OPENERS.match(folded)
        start += opener.end() if opener else 0
        for pattern in (_CLOSERS, _LEVEL):
            closer = pattern.search(fold(text[start:end]))
            if closer is not None and closer.start() > 0:
                end = start + closer.start()
    start, end = _stripped(text, start, end)
    value = " ".join(text[start:end].split())
    if not _is_skill(value):
        return None
    rule = "skills.sentence" if start > piece.start + 4 else "skills.list"
    return Match(start, end, value, rule)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while (
        start < end
        and (text[start] in _STRAY or text[start] in ")]}")
        and not text.startswith(".N", start)
        and not text.startswith(".n", start)
    ):
        start += 1
    while end > start and (
        text[end - 1] in _STRAY or (text[end - 1] in ")]}" and not _opens(text, start, end))
    ):
        end -= 1
    return start, end


def _opens(text: str, start: int, end: int) -> bool:
    return any(c in "([{" for c in text[start : end - 1])


def _is_skill(value: str) -> bool:
    folded = fold(value)
    if not value or folded in {
        "etc",
        "and",
        "or",
        "others",
        "other",
        "with",
        "i",
        "skills",
        "n/a",
        "na",
    }:
        return False
    if not any(c.isalnum() for c in value):
        return False
    return len(value) > 1 or value in "CRcrDB" or value > "\u3000" or value.isdigit()


def _versioned(found: Sequence[Match], match: Match) -> Match:
    """A version alone with the product that was named before it."""
    if not _VERSION.fullmatch(match.value) or not found:
        return match
    before = _VERSIONED.fullmatch(found[-1].value)
    if before is None:
        return match
    return Match(match.start, match.end, f"{before['name']} {match.value}", "skills.version")
