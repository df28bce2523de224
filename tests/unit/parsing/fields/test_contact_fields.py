"""E-mail addresses, telephone numbers and web addresses; all examples are invented."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.fields.phones import find_phones
from resume_processor.parsing.fields.urls import find_urls, profile_of


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Email: jo.doe@example.com | x", "jo.doe@example.com"),
        ("jo.doe @ example . co.in", "jo.doe@example.co.in"),
        ("jo(at)example.com", "jo@example.com"),
        ("Email-id:jo@ex.de", "jo@ex.de"),
        ("E-mail –jo2@example.com,", "jo2@example.com"),
        ("jo@exam-\nple.com", None),
        ("+91-9876543210/mail.jo@example.com", "mail.jo@example.com"),
        ("Email.jo@example.com", "jo@example.com"),
        ("Mail:jo@example.com", "jo@example.com"),
    ],
)
def test_emails(text: str, address: str | None) -> None:
    assert [m.value for m in find_emails(text)] == ([address] if address else [])


def test_two_addresses_on_a_line() -> None:
    found = find_emails("a.b@example.com / c.d@example.org")

    assert [m.value for m in found] == ["a.b@example.com", "c.d@example.org"]


@pytest.mark.parametrize(
    ("text", "written", "e164"),
    [
        ("+91-9876543210", "+91-9876543210", "+919876543210"),
        ("Mobile: 98765 43210", "98765 43210", "+919876543210"),
        ("(212) 555-0187", "(212) 555-0187", "+12125550187"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78", "+33612345678"),
        ("+49 (0)30 901820", "+49 (0)30 901820", "+4930901820"),
        ("+ 971 50 123 4567", "+ 971 50 123 4567", "+971501234567"),
        ("Mobile no.9876543210", "9876543210", "+919876543210"),
    ],
)
def test_phones(text: str, written: str, e164: str) -> None:
    (found,) = find_phones(text)

    assert (found.value, found.e164) == (written, e164)


@pytest.mark.parametrize("text", ["Ref No.: AB-1-2015-2019-1528440028", "GRN-9876543210"])
def test_the_end_of_a_reference_is_no_phone(text: str) -> None:
    assert find_phones(text, "IN") == ()


def test_a_label_with_a_hyphen_is_no_reference() -> None:
    (found,) = find_phones("Mob-9876543210", "IN")

    assert found.e164 == "+919876543210"


def test_a_national_number_belongs_to_the_region() -> None:
    (found,) = find_phones("030 901820", "DE")

    assert found.e164 == "+4930901820"


def test_numbers_side_by_side() -> None:
    found = find_phones("Mobile: 9876543210/9876501234")

    assert [p.value for p in found] == ["9876543210", "9876501234"]


@pytest.mark.parametrize(
    "text",
    [
        "01.04.2012 - 31.03.2015",
        "Pin: 400001",
        "2010 - 2014, 2015 - 2016",
        "Passport No : M 8215789",
        "Membership ID: ABCDE-16162993",
        "Aadhaar no: 1234 5678 9012",
    ],
)
def test_no_phones(text: str) -> None:
    assert find_phones(text) == ()


@pytest.mark.parametrize(
    "region", ["IN", "US", "GB", "DE", "FR", "ES", "PT", "BR", "PL", "CN", "AE", "NG", "AU", "JP"]
)
def test_an_example_number_of_many_countries(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    (found,) = find_phones(f"Tel. {written}")

    expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert (found.value, found.e164) == (written, expected)


@given(st.text(alphabet="0123456789 +-()/.,a:", max_size=50))
def test_spans_of_phones_lie_in_the_text(text: str) -> None:
    for phone in find_phones(text):
        assert text[phone.start : phone.end].strip() == phone.value


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("www.linkedin.com/in/jane-doe-123,", "www.linkedin.com/in/jane-doe-123"),
        ("see https://github.com/jane.", "https://github.com/jane"),
        ("jane.dev", "jane.dev"),
        ("(http://example.org/a_(b))", "http://example.org/a_(b)"),
        ("https: //example.org/x", "https://example.org/x"),
    ],
)
def test_urls(text: str, url: str) -> None:
    assert [m.value for m in find_urls(text)] == [url]


@pytest.mark.parametrize("text", ["node.js", "asp.net", "jane.doe@example.com", "B.Com", "e.g. x"])
def test_no_urls(text: str) -> None:
    assert find_urls(text) == ()


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://www.linkedin.com/in/jane-doe/", ("LinkedIn", "jane-doe")),
        ("github.com/jane", ("GitHub", "jane")),
        ("jane.github.io", ("GitHub", "jane")),
        ("gitlab.com/jane", ("GitLab", "jane")),
        ("https://stackoverflow.com/users/12345/jane", ("Stack Overflow", "12345")),
        ("x.com/jane", ("Twitter", "jane")),
        ("https://orcid.org/0000-0002-1825-0097", ("ORCID", "0000-0002-1825-0097")),
        ("https://scholar.google.de/citations?user=AbC123&hl=de", ("Google Scholar", "AbC123")),
        ("medium.com/@jane", ("Medium", "jane")),
        ("www.xing.com/profile/Jane_Doe", ("Xing", "Jane_Doe")),
        ("behance.net/jane", ("Behance", "jane")),
        ("kaggle.com/jane", ("Kaggle", "jane")),
        ("https://example.com/jane", None),
    ],
)
def test_profiles(url: str, profile: tuple[str, str] | None) -> None:
    assert profile_of(url) == profile
