"""Places in addresses and headers; all addresses are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.fields.locations import find_location, looks_like_location


@pytest.mark.parametrize(
    ("text", "city", "region", "country"),
    [
        ("12 MG Road, Bangalore 560001, Karnataka, India", "Bangalore", "Karnataka", "IN"),
        ("Austin, TX", "Austin", "TX", None),
        ("12 Cambridge Street Cambridge, MA 02141", "Cambridge", "MA", None),
        ("Smallville, KS 66002", "Smallville", "KS", None),
        ("Software Engineer, London, UK", "London", None, "GB"),
        ("75011 Paris", "Paris", None, None),
        ("10115 Berlin, Deutschland", "Berlin", None, "DE"),
        ("Calle Mayor 1, 28013 Madrid, España", "Madrid", None, "ES"),
        ("Reading, UK", "Reading", None, "GB"),
        ("mumbai", "mumbai", None, None),
        ("4 Lake View, Dist. Bulandshahr (U.P.)", "Bulandshahr", "U.P", None),
    ],
)
def test_places(text: str, city: str | None, region: str | None, country: str | None) -> None:
    place = find_location(text)

    assert place is not None
    assert (place.city, place.region, place.country_code) == (city, region, country)


@pytest.mark.parametrize("text", ["Reading books", "Java and Oracle", "Contact me", "us", ""])
def test_no_place(text: str) -> None:
    assert find_location(text) is None


def test_the_country_is_never_guessed_from_the_city() -> None:
    place = find_location("Paris")

    assert place is not None
    assert place.country_code is None


@pytest.mark.parametrize("text", ["Mumbai", "New Delhi, India", "Austin, TX", "München"])
def test_looks_like_a_location(text: str) -> None:
    assert looks_like_location(text) >= 0.5


@pytest.mark.parametrize("text", ["Java and Oracle", "Senior Engineer", "Reading books", ""])
def test_does_not_look_like_a_location(text: str) -> None:
    assert looks_like_location(text) < 0.5


@given(st.text(alphabet="Paris, TX560-NewYork India.()\n", max_size=40))
def test_the_span_lies_in_the_text(text: str) -> None:
    place = find_location(text)

    assert place is None or 0 <= place.start < place.end <= len(text)
    assert place == find_location(text)
