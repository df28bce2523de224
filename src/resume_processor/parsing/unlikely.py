"""List items that are most likely wrong are left out: nothing is invented.

Jobs, degrees, name and contact stay whatever their confidence: to drop an employer does more harm
than to show one that a person is asked to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from resume_processor.parsing.confidence import Calibration
from resume_processor.parsing.values import Draft, Found, SkillGroup

#: An item less likely right than this costs more than it brings: for the best F1, half of the F1
#: that the list fields reach (0.7).
LEAST = 0.35

#: List fields, and the part of an entry that says whether it is one.
_TELLING = {
    "languages": "language",
    "certificates": "name",
    "projects": "name",
    "publications": "name",
    "awards": "title",
    "interests": "name",
    "references": "name",
}


def without_unlikely(draft: Draft, calibration: Calibration) -> Draft:
    """The draft without the list items whose calibrated confidence lies under ``LEAST``."""

    def likely(field: str) -> Callable[[Found], bool]:
        return lambda one: calibration.of(field, one.rule, one.confidence) >= LEAST

    kept: dict[str, Any] = {
        section: tuple(
            entry for entry in getattr(draft, section) if likely(section)(getattr(entry, part))
        )
        for section, part in _TELLING.items()
    }
    volunteer = tuple(
        entry
        for entry in draft.volunteer
        if (told := entry.organization or entry.position) and likely("volunteer")(told)
    )
    label = (
        draft.basics.label if draft.basics.label and likely("label")(draft.basics.label) else None
    )
    return replace(
        draft,
        **kept,
        basics=replace(draft.basics, label=label),
        volunteer=volunteer,
        skills=tuple(_skills(draft, likely("skills"))),
    )


def _skills(draft: Draft, likely: Callable[[Found], bool]) -> Iterator[SkillGroup]:
    for group in draft.skills:
        keywords = tuple(word for word in group.keywords if likely(word))
        if keywords or (not group.keywords and group.name is not None and likely(group.name)):
            yield replace(group, keywords=keywords)
