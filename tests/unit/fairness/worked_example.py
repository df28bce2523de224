"""Thirteen invented applicants, and what comes out, computed by hand.

    who  sex     race    score  decision
    a    Male    White      90  advance
    b    Male    White      80  advance
    c    Male    White      70  advance
    d    Male    White      40  reject
    e    Male    Black      60  advance
    f    Male    Black      30  reject
    g    Female  White      85  advance
    h    Female  White      55  reject
    i    Female  White      20  reject
    j    Female  Black      75  advance
    k    Female  Black      10  reject
    l    ?       White      65  advance
    m    ?       ?          50  reject

Seven advance: a b c e g j l. The scores in order: 10 20 30 40 50 55 60 65 70 75 80 85 90. The
seventh of thirteen is the median of the full sample, the unknown included: 60. Above it (60 itself
is not) are 65 70 75 80 85 90, which are l c j b g a.

Selection by sex. Male: a b c e of a–f, 4/6 = 0.6667. Female: g j of g–k, 2/5 = 0.4. The highest
rate is 4/6, so the impact ratios are 1 and (2/5)/(4/6) = 12/20 = 0.6, which is below four fifths.
Two are unknown (l m).
Selection by race. White: a b c g l of a b c d g h i l, 5/8 = 0.625. Black: e j of e f j k, 2/4 =
0.5. Ratios 1 and 0.5/0.625 = 0.8: exactly four fifths, which is not below. One is unknown (m).
Crossed. White men: 3/4 = 0.75, ratio 1. White women: 1/3, ratio (1/3)/(3/4) = 4/9 = 0.4444. Black
men: 1/2, ratio (1/2)/(3/4) = 2/3 = 0.6667; Black women: 1/2, the same. Two are unknown (l m).

Scoring by sex. Male: a b c, 3/6 = 0.5. Female: g j, 2/5 = 0.4. Ratios 1 and 0.8.
Scoring by race. White: a b c g l, 5/8 = 0.625. Black: j, 1/4 = 0.25. Ratios 1 and 0.25/0.625 = 0.4.
Crossed. White men: a b c, 3/4, ratio 1. White women: g, 1/3, ratio 4/9 = 0.4444. Black men: 0/2,
ratio 0. Black women: j, 1/2, ratio 2/3 = 0.6667.
"""

#: (who, sex, race, score, decision)
APPLICANTS = (
    ("a", "Male", "White", 90, "advance"),
    ("b", "m", "White (Not Hispanic or Latino)", 80, "advance"),
    ("c", "male", "white", 70, "advance"),
    ("d", "Male", "White", 40, "reject"),
    ("e", "Male", "Black or African American", 60, "advance"),
    ("f", "Male", "Black", 30, "reject"),
    ("g", "Female", "White", 85, "advance"),
    ("h", "female", "White", 55, "reject"),
    ("i", "F", "White", 20, "reject"),
    ("j", "Female", "black", 75, "advance"),
    ("k", "Woman", "Black", 10, "reject"),
    ("l", "prefer not to say", "White", 65, "advance"),
    ("m", "", "Unknown", 50, "reject"),
)

GROUPS = "id,sex,race_ethnicity\r\n" + "".join(
    f"{who},{sex},{race}\r\n" for who, sex, race, _, _ in APPLICANTS
)
SCORES = "id,score\n" + "".join(f"{who},{score}\n" for who, _, _, score, _ in APPLICANTS)
DECISIONS = "id,decision\n" + "".join(f"{who},{what}\n" for who, _, _, _, what in APPLICANTS)

WHITE, BLACK = "White", "Black or African American"

#: (category, applicants, chosen, rate, impact ratio, below four fifths)
SELECTION = {
    "sex": [("Male", 6, 4, 0.6667, 1.0, False), ("Female", 5, 2, 0.4, 0.6, True)],
    "race_ethnicity": [(WHITE, 8, 5, 0.625, 1.0, False), (BLACK, 4, 2, 0.5, 0.8, False)],
    "intersectional": [
        (f"{WHITE}, Male", 4, 3, 0.75, 1.0, False),
        (f"{WHITE}, Female", 3, 1, 0.3333, 0.4444, True),
        (f"{BLACK}, Male", 2, 1, 0.5, 0.6667, True),
        (f"{BLACK}, Female", 2, 1, 0.5, 0.6667, True),
    ],
}
SCORING = {
    "sex": [("Male", 6, 3, 0.5, 1.0, False), ("Female", 5, 2, 0.4, 0.8, False)],
    "race_ethnicity": [(WHITE, 8, 5, 0.625, 1.0, False), (BLACK, 4, 1, 0.25, 0.4, True)],
    "intersectional": [
        (f"{WHITE}, Male", 4, 3, 0.75, 1.0, False),
        (f"{WHITE}, Female", 3, 1, 0.3333, 0.4444, True),
        (f"{BLACK}, Male", 2, 0, 0.0, 0.0, True),
        (f"{BLACK}, Female", 2, 1, 0.5, 0.6667, True),
    ],
}
UNKNOWN = {"sex": 2, "race_ethnicity": 1, "intersectional": 2}
MEDIAN = 60.0


def lines_of(table):
    """A table of a report as the lines above."""
    names = (
        "category",
        "applicants",
        "chosen",
        "rate",
        "impact_ratio",
        "below_four_fifths",
    )
    return [tuple(one[name] for name in names) for one in table["categories"]]


def assert_worked_out(report):
    """The report (as JSON) says what was computed by hand."""
    for part, expected in (("selection", SELECTION), ("scoring", SCORING)):
        for kind, lines in expected.items():
            assert lines_of(report[part][kind]) == lines, (part, kind)
            assert report[part][kind]["unknown"] == UNKNOWN[kind], (part, kind)
        assert report[part]["applicants"] == 13
    assert report["scoring"]["median"] == MEDIAN
    assert (report["selection"]["chosen"], report["scoring"]["chosen"]) == (7, 6)
