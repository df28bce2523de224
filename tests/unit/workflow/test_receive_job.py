import pytest

from resume_processor.errors import InvalidRequest
from resume_processor.scoring.encoding import requirements_from_json
from resume_processor.scoring.score import JobRequirements, SkillRequirement
from resume_processor.workflow.receive_job import UNTITLED


def test_a_text_is_read_into_requirements(parts, post_job):
    job = post_job()
    assert parts.storage.get_job(job.id) == job
    requirements = requirements_from_json(job.requirements)
    assert "Python" in {skill.name for skill in requirements.skills}
    assert job.open


def test_structured_requirements_are_kept_as_they_are(post_job):
    given = JobRequirements(title="Cook", skills=(SkillRequirement("Baking", required=True),))
    job = post_job(text="Nothing of this is read: Python", requirements=given)
    assert requirements_from_json(job.requirements) == given
    assert job.text == "Nothing of this is read: Python"


def test_a_given_title_wins(post_job):
    assert post_job(title="Chief Engineer").title == "Chief Engineer"


def test_without_any_title_it_is_untitled(post_job):
    assert post_job(text="", requirements=JobRequirements()).title == UNTITLED


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_at_all_is_refused(post_job, text):
    with pytest.raises(InvalidRequest):
        post_job(text=text)
