"""What a ranking may be filtered by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facets:
    """Of one resume for one job. None: not known (scored by an older version)."""

    musts_met: bool | None = None  #: nothing is missing that the job cannot do without
    months: int | None = None  #: of relevant dated work
    languages: tuple[str, ...] = ()  #: English names in lower case, spoken or written in
