"""Profiles as they are kept beside a resume, and made anew where another version made them."""

from __future__ import annotations

from resume_processor.resume.encoding import from_json
from resume_processor.scoring.profile import Profile, profile_of, profile_version
from resume_processor.scoring.profile_encoding import profile_from_json, profile_to_json
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import Candidate, StoredProfile


def to_be_kept(profile: Profile) -> StoredProfile:
    """As it is stored."""
    return StoredProfile(profile.version, profile_to_json(profile))


def kept_profile(candidate: Candidate) -> Profile | None:
    """What was kept, or None where it has to be made from the result."""
    kept = candidate.profile
    if kept is None or kept.version != profile_version():
        return None
    return profile_from_json(kept.body)


def made_anew(resume_id: str, parts: Parts) -> Profile | None:
    """From the result; None where that is gone."""
    result = parts.storage.get_result(resume_id)
    return None if result is None else profile_of(from_json(result))
