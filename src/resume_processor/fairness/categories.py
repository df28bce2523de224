"""The categories of New York City's Local Law 144 rules, and self-declared words for them.

6 RCNY § 5-300 takes its categories from the EEO-1 report: two of sex, seven of race and ethnicity,
where all but the first one mean "not Hispanic or Latino". Other words that people declared are
categories of their own here and are named as such in the report.
"""

from __future__ import annotations

SEXES = ("Male", "Female")

RACES = (
    "Hispanic or Latino",
    "White",
    "Black or African American",
    "Native Hawaiian or Pacific Islander",
    "Asian",
    "Native American or Alaska Native",
    "Two or More Races",
)

#: Longest name of a category, in characters.
LONGEST = 100

#: Nothing was declared: these are the unknown category, which the rules count and leave out.
_UNKNOWN = frozenset(
    {
        "",
        "-",
        "?",
        "decline to answer",
        "decline to self-identify",
        "decline to state",
        "declined",
        "i do not wish to answer",
        "n/a",
        "na",
        "none",
        "not declared",
        "not disclosed",
        "not specified",
        "not stated",
        "prefer not to answer",
        "prefer not to say",
        "unknown",
    }
)

_SEX_WORDS = {"m": "Male", "man": "Male", "f": "Female", "w": "Female", "woman": "Female"}

_RACE_WORDS = {
    "african american": "Black or African American",
    "alaska native": "Native American or Alaska Native",
    "american indian": "Native American or Alaska Native",
    "american indian or alaska native": "Native American or Alaska Native",
    "american indian or alaskan native": "Native American or Alaska Native",
    "black": "Black or African American",
    "hispanic": "Hispanic or Latino",
    "latina": "Hispanic or Latino",
    "latino": "Hispanic or Latino",
    "multiracial": "Two or More Races",
    "native american": "Native American or Alaska Native",
    "native hawaiian": "Native Hawaiian or Pacific Islander",
    "native hawaiian or other pacific islander": "Native Hawaiian or Pacific Islander",
    "pacific islander": "Native Hawaiian or Pacific Islander",
}

_NOT_HISPANIC = " (not hispanic or latino)"


def sex_of(declared: str) -> str | None:
    """The category; None where nothing was declared."""
    return _category(declared, SEXES, _SEX_WORDS)


def race_of(declared: str) -> str | None:
    """The category; None where nothing was declared."""
    return _category(declared, RACES, _RACE_WORDS)


def _category(declared: str, named: tuple[str, ...], words: dict[str, str]) -> str | None:
    text = " ".join(declared.split())
    key = text.casefold().removesuffix(_NOT_HISPANIC)
    if key in _UNKNOWN:
        return None
    of_rules = {name.casefold(): name for name in named}
    return of_rules.get(key) or words.get(key) or text[:LONGEST]
