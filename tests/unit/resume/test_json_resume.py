from __future__ import annotations

import pytest

from resume_processor.resume.json_resume import InvalidJsonResume, validate


def test_a_whole_record_is_valid() -> None:
    validate(
        {
            "basics": {"name": "Ada Example", "email": "ada@example.org"},
            "work": [{"name": "Analytical Engines", "startDate": "2018-06"}],
            "skills": [{"name": "Tools", "keywords": ["Git"]}],
        }
    )


@pytest.mark.parametrize(
    ("resume", "message"),
    [
        ({"work": [{"startDate": "06/2018"}]}, "/work/0/startDate: pattern"),
        ({"work": [{"name": None}]}, "/work/0/name: type"),
        ({"hobbies": []}, "/: additionalProperties"),
        ({"basics": {"email": "nobody"}}, "/basics/email: format"),
    ],
)
def test_a_broken_record_is_named_without_its_values(resume: dict, message: str) -> None:
    with pytest.raises(InvalidJsonResume) as caught:
        validate(resume)
    assert message in str(caught.value)
    assert "06/2018" not in str(caught.value)
    assert "nobody" not in str(caught.value)
