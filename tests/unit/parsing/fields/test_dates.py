"""Dates in the forms that people write; all examples are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.fields.dates import find_dates, parse_date

PERIODS = [
    ("Jun'14 – till date", "2014-06", None, True),
    ("06/2014 - 08/2016", "2014-06", "2016-08", False),
    ("2014-16", "2014", "2016", False),
    ("2014-2016", "2014", "2016", False),
    ("03.2015 – heute", "2015-03", None, True),
    ("since 2019", "2019", None, True),
    ("depuis janvier 2019", "2019-01", None, True),
    ("seit März 2018", "2018-03", None, True),
    ("desde 2017", "2017", None, True),
    ("01-04-2012 to 31/03/2015", "2012-04-01", "2015-03-31", False),
    ("04/15/2012 - 06/01/2013", "2012-04-15", "2013-06-01", False),
    ("2019年6月 – 至今", "2019-06", None, True),
    ("2019年9月-2023年6月", "2019-09", "2023-06", False),
    ("June - August 2014", "2014-06", "2014-08", False),
    ("Nov - Feb 2014", "2013-11", "2014-02", False),
    ("May 12 to Jun 14", "2012-05", "2014-06", False),
    ("de janvier 2012 à mars 2014", "2012-01", "2014-03", False),
    ("Juni 2012 bis Mai 2013", "2012-06", "2013-05", False),
    ("enero de 2012 - actualidad", "2012-01", None, True),
    ("março de 2010 até o momento", "2010-03", None, True),
    ("czerwiec 2010 – obecnie", "2010-06", None, True),
    ("2009-12, Bachelor of Arts", "2009", "2012", False),
    ("2012-09 - 2016-06", "2012-09", "2016-06", False),
    ("2012.09 - 2016.06", "2012-09", "2016-06", False),
    ("Present - June 2014", "2014-06", None, True),
    ("05/10 - 06/12", "2010-05", "2012-06", False),
    ("Jun 2014 Aug 2016", "2014-06", "2016-08", False),
    ("July2012toSep2014", "2012-07", "2014-09", False),
    ("'98 - '02", "1998", "2002", False),
    ("2016 (Doing)", "2016", None, True),
    ("January 2012 to April 2018 till date", "2012-01", None, True),
    ("Professor (1991-)", "1991", None, True),
    ("Jul 2015 -", "2015-07", None, False),
    ("until 2014", None, "2014", False),
    ("22 Sep. 11 to 16 Nov. 11", "2011-09-22", "2011-11-16", False),
    ("WS 2010/11 – SS 2014", "2010", "2014", False),
    ("du 01/09/2012 au 30/06/2013", "2012-09-01", "2013-06-30", False),
]
LONE = [
    ("Summer 2019", "2019"),
    ("2nd June 2015", "2015-06-02"),
    ("June 2, 2015", "2015-06-02"),
    ("Q3 2018", "2018"),
    ("２０１９年６月", "2019-06"),
    ("16thMay 1990", "1990-05-16"),
    ("March,23,1993", "1993-03-23"),
    ("12.05.1990", "1990-05-12"),
    ("Spring '19", "2019"),
    ("06,2015", "2015-06"),
    ("Sept. 2012", "2012-09"),
    ("Class of 2015", "2015"),
    ("9 July 11", "2011-07-09"),
    ("abril/2010", "2010-04"),
]
NO_DATES = [
    "2 years 3 months",
    "Windows 2000/2003/XP",
    "SQL Server 2008 R2, Office 2010",
    "ISO 9001:2008",
    "2014 students",
    "+91 98765 43210",
    "$2000",
    "user2014",
    "31/02/20155",
    "may be available",
]
MONTHS = {
    "January": 1, "février": 2, "März": 3, "abril": 4, "Mai": 5, "junho": 6, "Juli": 7, "août": 8,
    "wrzesień": 9, "Oktober": 10, "noviembre": 11, "Dez.": 12,
}  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last", "ongoing"), PERIODS)
def test_a_period(text: str, first: str | None, last: str | None, *, ongoing: bool) -> None:
    (found,) = find_dates(text)

    assert (found.first, found.last, found.ongoing) == (first, last, ongoing)
    assert found.single is None


@pytest.mark.parametrize(("text", "date"), LONE)
def test_a_lone_date_has_only_single(text: str, date: str) -> None:
    (found,) = find_dates(text)

    assert (found.single, found.first, found.last, found.ongoing) == (date, None, None, False)


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(("name", "number"), MONTHS.items())
def test_months_of_many_languages(name: str, number: int) -> None:
    assert parse_date(f"{name} 2016") == f"2016-{number:02d}"


def test_day_comes_first_unless_the_caller_knows_better() -> None:
    assert parse_date("03/04/2015") == "2015-04-03"
    assert parse_date("03/04/2015", month_first=True) == "2015-03-04"


def test_one_american_date_makes_the_others_american() -> None:
    (found,) = find_dates("03/04/2012 - 06/28/2013")

    assert (found.first, found.last) == ("2012-03-04", "2013-06-28")


def test_several_dates_stand_in_their_order() -> None:
    text = "Acme Ltd, Jan 2010 - Mar 2012; Globex, 2013 to present"

    found = find_dates(text)

    assert [text[d.start : d.end] for d in found] == ["Jan 2010 - Mar 2012", "2013 to present"]


@given(st.dates(dt.date(1940, 1, 1), dt.date(2040, 12, 31)))
def test_a_date_survives_being_written(date: dt.date) -> None:
    iso = f"{date:%Y-%m-%d}"

    assert parse_date(f"{date:%d.%m.%Y}") == iso
    assert parse_date(iso) == iso
    assert parse_date(f"{date:%d %B %Y}") == iso
    assert parse_date(f"{date:%b %d, %Y}") == iso


@given(st.text(alphabet="0123456789/-. 年月'JunMarto,()–", max_size=40))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_dates(text)

    ends = [0, *(d.end for d in found)]
    assert all(end <= d.start < d.end <= len(text) for end, d in zip(ends, found, strict=False))
    assert found == find_dates(text)
