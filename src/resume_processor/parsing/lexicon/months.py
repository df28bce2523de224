"""Names of months, as they are written in resumes, folded."""

from __future__ import annotations

#: Month number → its names and short forms in English, French, German, Spanish, Portuguese, Polish,
#: Italian and Dutch. Folded: lower case, no accents.
_NAMES: dict[int, str] = {
    1: (
        "january jan janvier janv januar jaen jaenner janner enero ene janeiro stycznia styczen "
        "sty janaury januray gennaio januari"
    ),
    2: (
        "february febuary feburary febraury februrary feb febr fevrier fevr fev februar feber "
        "febrero fevereiro lutego luty lut febbraio februari"
    ),
    3: "march mar marh mars marz maerz mrz marzo marco marca marzec maart mrt",
    4: "april apr apirl aprl avril avr abril abr kwietnia kwiecien kwi aprile",
    5: "may mai mayo maio maja maj maggio mei",
    6: "june jun juin juni junio junho czerwca czerwiec cze giugno",
    7: "july jul juillet juil juli julio julho lipca lipiec lip luglio jly",
    8: "august aug agust augest aout agosto ago sierpnia sierpien sie augustus",
    9: (
        "september sept sep septembre septiembre setiembre setembro set wrzesnia wrzesien wrz "
        "settembre setp septmber setember sepetember septempber spetember"
    ),
    10: (
        "october oct octomber ocotber octobar octobre oktober okt octubre outubro out "
        "pazdziernika pazdziernik paz ottobre"
    ),
    11: (
        "november nov novmber novembar novemer novembre noviembre novembro listopada listopad lis"
    ),
    12: (
        "december dec decmber decembar decemeber decembre dezember dez dic diciembre dezembro "
        "grudnia grudzien gru dicembre desember"
    ),
}

#: Every name → its number. "mars", "set", "out", "lis" and the like count only beside a year.
MONTHS: dict[str, int] = {
    name: number for number, names in _NAMES.items() for name in names.split()
}

#: A regular expression for a month's name with the dot of a short form, longest names first.
MONTH_PATTERN = "(?:" + "|".join(sorted(MONTHS, key=lambda n: (-len(n), n))) + r")\.?"


def month_number(name: str) -> int:
    """The number (1 to 12) of a folded name; raises KeyError where it is none."""
    return MONTHS[name.rstrip(".")]
