"""A profile without an advertisement that was pasted into the resume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from resume_processor.scoring.profile import Profile, is_dated_work, skills_in
from resume_processor.scoring.stuffing import KEYWORD_STUFFING, pasted


def without_pasted(profile: Profile, sources: Sequence[str]) -> Profile:
    """The same profile where nothing was pasted; else only what dated jobs and degrees show.

    Who pastes the advertisement could as well have taken its words apart into lists, so nothing
    without a date is believed any more; nor, but for its title, the job that it was pasted into.
    """
    stuffed = pasted(profile.units, sources)
    if not stuffed:
        return profile
    tainted = {profile.units[number].entry for number in stuffed}
    units = tuple(
        unit
        for number, unit in enumerate(profile.units)
        if number not in stuffed
        and is_dated_work(unit, profile)
        and (unit.entry not in tainted or unit.pointer.endswith("/position"))
    )
    schooling = tuple(one for one in profile.schooling if one.finished is not None)
    undated = {n for n, one in enumerate(profile.work) if one.stretch is None}
    work = tuple(replace(w, trade=()) if n in undated else w for n, w in enumerate(profile.work))
    return replace(
        profile,
        label="",
        units=units,
        work=work,
        schooling=schooling,
        highest_degree=profile.highest_degree if schooling else None,
        warnings=tuple(dict.fromkeys((*profile.warnings, KEYWORD_STUFFING))),
        skills=skills_in(units),
    )
