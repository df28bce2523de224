"""Headings of advertisements: what stands below them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class About(StrEnum):
    """What a part of an advertisement is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTIES = "duties"  #: what one will do
    OTHER = "other"  #: the company, what it offers, how to apply: no requirements


#: Phrases of headings, the more telling kinds first: "preferred qualifications" is PREFERRED.
_PHRASES: dict[About, tuple[str, ...]] = {
    About.PREFERRED: (
        "preferred", "desired", "desirable", "optional", "bonus", "bonus points", "nice to have",
        "nice to haves", "good to have", "plus", "pluses", "a plus", "ideal", "ideally",
        "advantage",
        "added advantage", "advantageous", "extra credit", "brownie points", "stand out",
        "set you apart", "would be great", "asset", "assets", "beneficial", "wünschenswert",
        "von vorteil", "pluspunkte", "souhaité", "souhaitées", "un plus", "atouts", "deseable",
        "valorable", "se valora", "desejável", "diferenciais",
    ),
    About.OTHER: (
        "about us", "about the company", "about the team", "about our", "who we are", "our company",
        "our mission", "our values", "our team", "company overview", "company description",
        "organizational summary", "organization summary", "benefits", "perks", "we offer",
        "what you get", "you ll get", "why us", "why join", "why work", "what s in it for you",
        "how to apply", "to apply", "application", "salary", "compensation", "pay", "location",
        "duration", "equal opportunity", "contact", "disclaimer", "wir bieten", "über uns",
        "das bieten wir", "nous offrons", "avantages", "à propos", "ofrecemos", "sobre nosotros",
        "oferecemos", "physical requirements", "working conditions", "work environment",
    ),
    About.DUTIES: (
        "responsibilities", "responsibility", "responsibilities include", "duties", "tasks",
        "what you will do", "what you ll do", "you will do", "you ll do", "you will be doing",
        "the role", "your role", "role overview", "role description", "the job", "job description",
        "job summary", "job purpose", "job overview", "position summary", "position description",
        "position overview", "about the job", "about the role", "about the position",
        "about this role", "the position", "summary", "overview", "description", "day to day",
        "essential functions", "key accountabilities", "your mission", "aufgaben", "ihre aufgaben",
        "deine aufgaben", "vos missions", "missions", "le poste", "funciones", "responsabilidades",
    ),
    About.REQUIRED: (
        "minimum", "required", "requirement", "requirements", "requires", "must have", "must haves",
        "essential", "essential skills", "mandatory", "basic qualifications", "qualification",
        "qualifications", "who you are", "what you need", "you need", "you ll need",
        "you will need", "what you bring", "you bring", "you ll bring", "what you have", "you have",
        "what we look for", "we re looking for", "we are looking for", "looking for", "we need",
        "your profile", "your skills", "your background", "your experience", "skill", "skills",
        "key skills", "technical skills", "skills and experience", "profile", "candidate profile",
        "about you", "experience", "education", "competencies", "competences", "eligibility",
        "knowledge", "criteria", "degree program", "majors", "certifications", "abilities",
        "anforderungen", "ihr profil", "dein profil", "das bringst du mit", "qualifikationen",
        "kenntnisse", "votre profil", "profil recherché", "compétences", "requisitos", "perfil",
    ),
}  # fmt: skip
_FILLER_WORDS = (
    "and or the of for a an to in with your our we you is are be if it would will this key "
    "job work "
    "main core additional other general include includes including following also have what s "
    "ll re "
    "us on at as how und oder et y e candidate candidates person specification professional "
    "qualifications skills experience education knowledge level area areas"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_VOCABULARY = _FILLERS | {
    word for phrases in _PHRASES.values() for phrase in phrases for word in phrase.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 8


@lru_cache(maxsize=4096)
def heading_of(line: str) -> About | None:
    """What a heading opens, or None where the line is no heading.

    A heading is made of heading's words only; with a colon behind it, half of them is enough.
    """
    words = _WORD.findall(line.casefold())
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    known = sum(word in _VOCABULARY for word in words)
    if known < len(words) and not (line.rstrip().endswith(":") and 2 * known >= len(words)):
        return None
    text = f" {' '.join(words)} "
    return next(
        (kind for kind, said in _PHRASES.items() if any(f" {one} " in text for one in said)), None
    )
