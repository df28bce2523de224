"""Names of people, in any order and script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.lexicon.places import LONGEST, gazetteer
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]")
_GAP = re.compile(r"[\s·•]")
_WIDE_GAP = re.compile(r"\s{2,}")

#: A name has at most so many words; longer ones are sentences.
_MOST_WORDS = 6
_LABEL = re.compile(
    r"^\s*(?:(?:full |candidate |applicant |first |last )?name|nom(?: et prenom)?s?|"
    r"prenom(?: et nom)?|"
    r"nombres?(?: y apellidos| completo)?|apellidos(?: y nombres)?|nome(?: completo)?|"
    r"(?:vor- und nachname|vorname|nachname)|imie(?: i nazwisko)?|姓名|resume of|cv of|"
    r"curriculum vitae of|curriculum vitae|resume|cv|bio-?data of|profile of|lebenslauf(?: von)?)"
    r"\s*(?:[:\-|]+|(?<=of)\s|(?<=vitae)\s|(?<=cv)\s|(?<=resume)\s|(?<=von)\s)\s*"
)
_TRAILER = re.compile(
    r"[\s,|:\-]*(?:'s)?\s*(?:\(?(?:curriculum vitae|resume|cv|c v|biodata|bio-data|lebenslauf|"
    r"profile)\)?)\s*$"
)
_SALUTATION = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|professor|er|engr?|adv|ca|cs|cma|shri|smt|sri|kumari|herr|"
    r"frau|monsieur|madame|mme|"
    r"mlle|senhora?|senora?|srta?|dra?|don|dona|pan|pani|ing|lic|mgr|inz|sir|rev|capt|col|maj|"
    r"lt|cdr|"
    r"dipl\.?-?(?:ing|kfm|inf|phys|wirt\.?-?ing))\b\.?(?:[\s/.]+|$))+"
)
#: What stands behind names, folded and without dots.
_POST_NOMINALS = word_set(
    "phd dphil md mbbs dds mba pgdm mca bca msc bsc mtech btech be me ma ba bcom mcom llb llm jd "
    "esq esquire cpa cfa cma ca acca aca fcca fca cima pmp pe eit psm csm cspo prince2 itil rn bsn "
    "msn lpn cna np pa pharmd dpt ot pt lcsw lmsw lmft mph mpa msw med edd edm ms bs mphil frm "
    "cissp cisa cism ccna ccnp ccie mcse mcp aia leed ap shrm shrmcp sphr phr cips mcips mrics "
    "fellow jr sr ii iii iv cs acs facs frcs mrcp frcp mrcs ceng mice mieee bds mds bams bhms bpt "
    "mpt bpharm mpharm hons dipl ing"
)
_KEPT = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = word_set(
    "de da do dos das del la las los le van von der den ter ten bin binti ibn al el bint abu y e "
    "di du st san mac mc o d' af av zu zur ben abd s/o d/o w/o"
)
_NOT_NAMES = (
    WordClass.TITLE_HEAD,
    WordClass.ORG_WORD,
    WordClass.LEGAL_FORM,
    WordClass.SCHOOL_WORD,
    WordClass.DEGREE_WORD,
    WordClass.STUDY_FIELD,
    WordClass.PERSONAL_WORD,
    WordClass.STREET_WORD,
    WordClass.VERB,
    WordClass.LANGUAGE,
    WordClass.SKILL,
    WordClass.GRADE_WORD,
)
_IMPOSSIBLE = re.compile(r"[\d@:;/\\%&+=<>?!#*$€£\"“”_]|\.\s*\w+\.com|\bwww\b")
#: "J.Doe", "Md.Karim": an initial that touches the name.
_INITIALS = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?){1,3}")


def looks_like_name(text: str) -> float:
    """How much the text looks like the name of one person and nothing else (0..1)."""
    return _name_score(text.strip())


@lru_cache(maxsize=8192)
def _name_score(text: str) -> float:
    bare = clean_name(text)
    if not bare or len(bare) > 60 or _IMPOSSIBLE.search(bare) or section_of(bare) is not None:
        return 0.0
    if _is_east_asian(bare):
        return _east_asian_score(bare)
    words = _INITIALS.sub(". ", bare.replace(",", " ")).split()
    if not 1 <= len(words) <= _MOST_WORDS or not _is_written_as_name(words):
        return 0.0
    weights = [_weight(word) for word in words]
    known = [w for w in weights if w is not None]
    if not known:
        return 0.1
    score = sum(known) / len(known)
    if _is_place(words):
        score = min(score, 0.3)
    if len(words) == 1:
        score *= 0.6
    elif len(words) > 4:
        score *= 0.8
    return round(max(0.0, min(1.0, score)), 3)


def _is_place(words: list[str]) -> bool:
    """Whether the words are the names of places one after the other."""
    places = gazetteer()
    keys = [fold(w).strip(".,()-") for w in words]
    at, named = 0, 0
    while at < len(keys):
        for length in range(min(LONGEST, len(keys) - at), 0, -1):
            key = " ".join(keys[at : at + length])
            size = places.cities.get(key, 4)
            if key in places.countries or key in places.regions or size <= 2 or (size < 4 and at):
                named += key in places.countries or key in places.regions or size <= 2
                at += length
                break
        else:
            return False
    return named > 0 and not (len(keys) > 1 and all(is_a(w, WordClass.GIVEN_NAME) for w in keys))


def _weight(word: str) -> float | None:
    """How much a word speaks for a name (-1.5..1); None where it says nothing."""
    folded = fold(word).strip(".'-()")
    if folded in _PARTICLES or (_INITIAL.fullmatch(word) and len(folded.replace(".", "")) <= 2):
        return None
    given, family = is_a(word, WordClass.GIVEN_NAME), is_a(word, WordClass.SURNAME)
    foreign = is_a(word, *_NOT_NAMES)
    common = is_a(word, WordClass.COMMON, WordClass.TITLE_WORD)
    if foreign:
        return 0.1 if given and not common else -1.5
    if given or family:
        return 0.4 if common else 1.0 if given else 0.95
    if common:
        return -1.0
    return 0.35 if is_a(word, WordClass.CITY, WordClass.COMPANY) else 0.6


def _is_written_as_name(words: list[str]) -> bool:
    """Whether every word but particles begins with a capital (or the script has none)."""
    first = [w for w in words if fold(w) not in _PARTICLES]
    lower = sum(1 for w in first if w[0].islower())
    letters = sum(c.isalpha() for w in words for c in w)
    return letters >= 2 and (lower == 0 or (lower == len(first) and len(first) >= 2))


def _is_east_asian(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)


def _east_asian_score(text: str) -> float:
    plain = _GAP.sub("", text)
    if not all("\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in plain):
        return 0.2
    if not 2 <= len(plain) <= 4:
        return 0.0
    known = is_a(plain[:1], WordClass.SURNAME) or is_a(plain[:2], WordClass.SURNAME)
    return 0.95 if known else 0.4


def clean_name(text: str) -> str:
    """The name without label, titles ("Dr."), post-nominals ("MBA", "PhD") and stray marks."""
    name = " ".join(_unspaced(text).split())
    name = _cut_front(name, _LABEL)
    match = _TRAILER.search(fold(name))
    if match and match.start() > 2:
        name = name[: match.start()]
    name = _cut_front(name.lstrip(" .,-|•*"), _SALUTATION)
    name = _without_post_nominals(name)
    return name.strip(" ,;:|-–—•*/\\()[]\"'").removesuffix(" .").strip()


def _cut_front(name: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(fold(name))
    return name[match.end() :] if match and match.end() < len(name) else name


def _unspaced(text: str) -> str:
    """Letters set apart ("J A N E   D O E") joined to words, where wider gaps part the words."""
    words = text.strip().split()
    if len(words) < 5 or any(len(word) > 1 for word in words):
        return text
    return " ".join(part.replace(" ", "") for part in _WIDE_GAP.split(text.strip()))


def _without_post_nominals(name: str) -> str:
    head, comma, tail = name.partition(",")
    if (
        comma
        and head.count(" ") >= 1
        and all(_is_post_nominal(w) for w in tail.replace(",", " ").split())
    ):
        name = head
    words = name.split()
    while len(words) > 2 and _is_post_nominal(words[-1]) and _plain(words[-1]) not in _KEPT:
        words.pop()
    return " ".join(words)


def _is_post_nominal(word: str) -> bool:
    upper = word.upper() == word or "." in word or unicodedata.category(word[0]) == "Ps"
    return _plain(word) in _POST_NOMINALS and (upper or _plain(word) in {"phd", "esq", "jr", "sr"})


def _plain(word: str) -> str:
    return _NEITHER_LETTER_NOR_DIGIT.sub("", fold(word))
