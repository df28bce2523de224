"""Profiles as they are kept beside a resume, and made anew where another version made them."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.resume.encoding import from_json
from resume_processor.scoring.profile import Profile, profile_of, profile_version
from resume_processor.scoring.profile_encoding import profile_from_json, profile_to_json
from resume_processor.workflow.audit_chain import digest
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import Candidate, StoredProfile


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A profile with the form in which it is stored, and the hash of that for the audit log."""

    profile: Profile
    stored: StoredProfile
    digest: str


def to_be_kept(profile: Profile) -> KeptProfile:
    """As it is stored."""
    stored = StoredProfile(profile.version, profile_to_json(profile))
    return KeptProfile(profile, stored, digest(stored.body))


def kept_profile(candidate: Candidate) -> KeptProfile | None:
    """What was kept, or None where it has to be made from the result."""
    kept = candidate.profile
    if kept is None or kept.version != profile_version():
        return None
    return KeptProfile(profile_from_json(kept.body), kept, digest(kept.body))


def made_anew(resume_id: str, parts: Parts) -> KeptProfile | None:
    """From the result; None where that is gone."""
    result = parts.storage.get_result(resume_id)
    return None if result is None else to_be_kept(profile_of(from_json(result)))
