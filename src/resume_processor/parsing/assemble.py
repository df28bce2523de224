"""A draft becomes JSON Resume; every value keeps its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from resume_processor.layout.boxes import union
from resume_processor.layout.lines import Document
from resume_processor.parsing.confidence import UNCALIBRATED, Calibration, field_at
from resume_processor.parsing.doubts import doubts_of
from resume_processor.parsing.facts import facts_of, has_ongoing_work, latest_date
from resume_processor.parsing.fields.urls import profile_of
from resume_processor.parsing.values import (
    BasicsDraft,
    Dates,
    Draft,
    Found,
    InterestEntry,
    LocationDraft,
    PersonalDraft,
    PlacedWord,
    ProjectEntry,
    SkillGroup,
    VolunteerEntry,
    WorkEntry,
)
from resume_processor.resume.evidence import Evidence, Place
from resume_processor.resume.parsed_resume import ParsedResume, Personal

#: A tree of dicts and lists whose leaves are values that were found, or None.
Tree = Any


def assemble(
    draft: Draft,
    document: Document,
    *,
    parser_version: str,
    as_of: date | None = None,
    calibration: Calibration = UNCALIBRATED,
) -> ParsedResume:
    """JSON Resume, personal facts, evidence, doubts and facts of what was found.

    An ongoing job counts up to ``as_of``; without one, up to the latest date in the document, and
    a doubt ``counted_until`` says so.
    """
    resume, evidence = _unfold(_resume_tree(draft), "")
    personal, personal_evidence = _unfold(_personal_tree(draft.personal), "/personal")
    evidence = _calibrated(evidence | personal_evidence, calibration)
    guessed_today = latest_date(draft) if as_of is None and has_ongoing_work(draft) else None
    return ParsedResume(
        resume=resume,
        personal=Personal(
            birth_date=personal.get("birthDate"),
            nationality=personal.get("nationality"),
            gender=personal.get("gender"),
            marital_status=personal.get("maritalStatus"),
        ),
        evidence=evidence,
        warnings=doubts_of(resume, evidence, document, guessed_today),
        facts=facts_of(draft, document, as_of),
        parser_version=parser_version,
    )


# ---- trees ----------------------------------------------------------------------------------


def _resume_tree(draft: Draft) -> Tree:
    return {
        "basics": _basics(draft.basics),
        "work": [_work(entry) for entry in draft.work],
        "volunteer": [_volunteer(entry) for entry in draft.volunteer],
        "education": [
            {
                "institution": entry.institution,
                "area": entry.area,
                "studyType": entry.study_type,
                **_dates(entry.dates),
                "score": entry.score,
                "courses": entry.courses,
            }
            for entry in draft.education
        ],
        "awards": [
            {"title": a.title, "date": a.date, "awarder": a.awarder, "summary": a.summary}
            for a in draft.awards
        ],
        "certificates": [
            {"name": c.name, "date": c.date, "issuer": c.issuer, "url": c.url}
            for c in draft.certificates
        ],
        "publications": [
            {
                "name": p.name,
                "publisher": p.publisher,
                "releaseDate": p.release_date,
                "url": p.url,
                "summary": p.summary,
            }
            for p in draft.publications
        ],
        "skills": [_skills(group) for group in draft.skills],
        "languages": [{"language": x.language, "fluency": x.fluency} for x in draft.languages],
        "interests": [_interest(entry) for entry in draft.interests],
        "references": [{"name": x.name, "reference": x.reference} for x in draft.references],
        "projects": [_project(entry) for entry in draft.projects],
    }


def _basics(basics: BasicsDraft) -> Tree:
    sites = [url for url in basics.urls if profile_of(url.text) is None]
    profiles = [url for url in basics.urls if profile_of(url.text) is not None]
    return {
        "name": basics.name,
        "label": basics.label,
        "email": basics.emails[0] if basics.emails else None,
        "phone": basics.phones[0] if basics.phones else None,
        "url": sites[0] if sites else None,
        "summary": basics.summary,
        "location": _location(basics.location),
        "profiles": [_profile(url) for url in [*profiles, *sites[1:]]],
    }


def _profile(url: Found) -> Tree:
    network, username = profile_of(url.text) or (None, None)
    return {
        "network": _derived(url, network),
        "username": _derived(url, username),
        "url": url,
    }


def _derived(found: Found, text: str | None) -> Found | None:
    return Found(text, found.words, found.rule, found.confidence) if text else None


def _location(location: LocationDraft) -> Tree:
    return {
        "address": location.address,
        "postalCode": location.postal_code,
        "city": location.city,
        "countryCode": location.country_code,
        "region": location.region,
    }


def _dates(dates: Dates) -> dict[str, Found | None]:
    return {"startDate": dates.start, "endDate": dates.end}


def _work(entry: WorkEntry) -> Tree:
    return {
        "name": entry.name,
        "position": entry.position,
        "location": entry.location,
        "url": entry.url,
        **_dates(entry.dates),
        "summary": entry.summary,
        "highlights": entry.highlights,
    }


def _volunteer(entry: VolunteerEntry) -> Tree:
    return {
        "organization": entry.organization,
        "position": entry.position,
        "url": entry.url,
        **_dates(entry.dates),
        "summary": entry.summary,
        "highlights": entry.highlights,
    }


def _skills(group: SkillGroup) -> Tree:
    return {"name": group.name, "level": group.level, "keywords": group.keywords}


def _interest(entry: InterestEntry) -> Tree:
    return {"name": entry.name, "keywords": entry.keywords}


def _project(entry: ProjectEntry) -> Tree:
    return {
        "name": entry.name,
        "description": entry.description,
        "highlights": entry.highlights,
        "keywords": entry.keywords,
        **_dates(entry.dates),
        "url": entry.url,
        "roles": entry.roles,
        "entity": entry.entity,
    }


def _personal_tree(personal: PersonalDraft) -> Tree:
    return {
        "birthDate": personal.birth_date,
        "nationality": personal.nationality,
        "gender": personal.gender,
        "maritalStatus": personal.marital_status,
    }


# ---- values and evidence --------------------------------------------------------------------


def _unfold(tree: Tree, pointer: str) -> tuple[Any, dict[str, Evidence]]:
    """The tree's plain values and their evidence; branches without a value are left out."""
    if isinstance(tree, Found):
        return tree.text, {pointer: _evidence(tree)}
    if isinstance(tree, Mapping):
        return _unfold_object(tree, pointer)
    if isinstance(tree, Sequence):
        return _unfold_array(tree, pointer)
    return None, {}


def _unfold_object(tree: Mapping[str, Tree], pointer: str) -> tuple[Any, dict[str, Evidence]]:
    values: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    for key, branch in tree.items():
        value, below = _unfold(branch, f"{pointer}/{key}")
        if value:
            values[key] = value
            evidence |= below
    return values, evidence


def _unfold_array(tree: Sequence[Tree], pointer: str) -> tuple[Any, dict[str, Evidence]]:
    values: list[Any] = []
    evidence: dict[str, Evidence] = {}
    for branch in tree:
        value, below = _unfold(branch, f"{pointer}/{len(values)}")
        if value:
            values.append(value)
            evidence |= below
    return values, evidence


def _evidence(found: Found) -> Evidence:
    lines = [
        list(words) for _, words in groupby(found.words, key=lambda word: (word.page, word.line))
    ]
    return Evidence(
        places=tuple(
            Place(words[0].page, union(word.word.box for word in words)) for words in lines
        ),
        source=" ".join(_as_it_stands(words) for words in lines),
        rule=found.rule,
        confidence=found.confidence,
    )


def _calibrated(evidence: Mapping[str, Evidence], calibration: Calibration) -> dict[str, Evidence]:
    """The same evidence, each value's confidence corrected by what was measured."""
    return {
        at: replace(one, confidence=calibration.of(field_at(at), one.rule, one.confidence))
        for at, one in evidence.items()
    }


def _as_it_stands(words: Iterable[PlacedWord]) -> str:
    text = ""
    for placed in words:
        text += " " if text and placed.word.space_before else ""
        text += placed.word.text
    return text
