from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.layout.boxes import Box
from resume_processor.resume.encoding import from_json, json_resume_document, to_json
from resume_processor.resume.evidence import Evidence, Place
from resume_processor.resume.parsed_resume import Doubt, Facts, Gap, ParsedResume, Personal

PARSED = ParsedResume(
    resume={"basics": {"name": "Ada Example"}, "skills": [{"name": "Python"}]},
    personal=Personal(birth_date="1990-05-01", nationality="Indian"),
    evidence={
        "/basics/name": Evidence(
            (Place(1, Box(72.0, 40.0, 160.5, 58.0)),), "ADA EXAMPLE", "contact.name", 0.9
        )
    },
    warnings=(Doubt("no_contact", "No way to reach the candidate.", blocking=True),),
    facts=Facts(12, "Engineer", "master", (Gap("2019-01", "2019-04", 3),), "en"),
    parser_version="1",
)

texts = st.none() | st.text(min_size=1, max_size=8)
numbers = st.floats(0, 1000, allow_nan=False)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
places = st.lists(st.builds(Place, st.integers(1, 9), boxes), max_size=2).map(tuple)
evidences = st.builds(Evidence, places, st.text(max_size=9), st.text(max_size=9), numbers)
doubts = st.builds(Doubt, st.text(), st.text(), texts, st.none() | st.integers(1, 9), st.booleans())
gaps = st.lists(st.builds(Gap, st.text(), st.text(), st.integers(1, 99)), max_size=2).map(tuple)
resumes = st.builds(
    ParsedResume,
    resume=st.dictionaries(st.text(), st.lists(st.text())),
    personal=st.builds(Personal, texts, texts, texts, texts),
    evidence=st.dictionaries(st.text(), evidences, max_size=3),
    warnings=st.lists(doubts, max_size=3).map(tuple),
    facts=st.builds(Facts, st.none() | st.integers(0, 999), texts, texts, gaps, texts),
    parser_version=st.text(),
)


@given(resumes)
def test_what_is_written_is_read_back(parsed: ParsedResume) -> None:
    assert from_json(json.loads(json.dumps(to_json(parsed)))) == parsed


def test_keys_are_those_of_the_api() -> None:
    assert to_json(PARSED) == {
        "resume": {"basics": {"name": "Ada Example"}, "skills": [{"name": "Python"}]},
        "personal": {"birthDate": "1990-05-01", "nationality": "Indian"},
        "evidence": {
            "/basics/name": {
                "places": [{"page": 1, "box": [72.0, 40.0, 160.5, 58.0]}],
                "source": "ADA EXAMPLE",
                "rule": "contact.name",
                "confidence": 0.9,
            }
        },
        "warnings": [
            {"code": "no_contact", "message": "No way to reach the candidate.", "blocking": True}
        ],
        "facts": {
            "months_of_experience": 12,
            "current_title": "Engineer",
            "highest_degree": "master",
            "gaps": [{"start": "2019-01", "end": "2019-04", "months": 3}],
            "language": "en",
        },
        "parser_version": "1",
    }


def test_personal_is_one_more_root_property() -> None:
    document = json_resume_document(PARSED)
    assert document["personal"] == {"birthDate": "1990-05-01", "nationality": "Indian"}
    assert document["basics"] == {"name": "Ada Example"}


def test_no_personal_facts_no_property() -> None:
    assert "personal" not in json_resume_document(ParsedResume(resume={"basics": {}}))
