"""How often a value is right, from what the rule or model that read it says of itself.

A rule's own figure is its author's guess, a model's is too high where words were hard to label.
Both are corrected by what was measured on annotated resumes (``models/data/calibration.json``, from
``python -m evaluation.calibrate``), in log-odds: a slope and an offset for all, an offset for the
field and one for the field's rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import exp, log
from typing import Literal

_NUMBER = re.compile(r"/\d+(?=/|$)")

#: What reads a document: the models with or without the encoder, or the rules alone.
Reader = Literal["accurate", "fast", "rules"]

#: No value is taken to be surer than this, or less sure than the rest of it.
HIGHEST = 0.995
#: Confidences are told to so many places.
PLACES = 3

#: Where the table of figures names a field otherwise than its pointer does.
_NAMED = {
    "basics.email": "email",
    "basics.phone": "phone",
    "basics.name": "name",
    "basics.label": "label",
    "basics.summary": "summary",
    "basics.location.city": "city",
    "basics.location.countryCode": "country",
    "basics.url": "url",
    "basics.profiles.url": "url",
    "skills.name": "skills",
    "skills.keywords": "skills",
    "interests.name": "interests",
    "interests.keywords": "interests",
    "languages.language": "languages",
    "certificates.name": "certificates",
    "projects.name": "projects",
    "publications.name": "publications",
    "awards.title": "awards",
    "volunteer.organization": "volunteer",
    "volunteer.position": "volunteer",
    "references.name": "references",
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """The correction, in log-odds: ``slope`` times the value's own, ``offset`` and ``offsets``."""

    slope: float = 1.0
    offset: float = 0.0
    offsets: Mapping[str, float] = field(default_factory=dict)

    def of(self, name: str, rule: str, own: float) -> float:
        """The calibrated confidence (0..1) of a value of a field, from its rule's ``own``."""
        total = self.slope * log_odds(own) + self.offset
        total += sum(self.offsets.get(key, 0.0) for key in keys_of(name, rule))
        return round(min(max(1 / (1 + exp(-total)), 1 - HIGHEST), HIGHEST), PLACES)


#: Leaves confidences as they are, but for bounds and places.
UNCALIBRATED = Calibration()


def keys_of(name: str, rule: str) -> tuple[str, str]:
    """What a value's offsets are found by: its field, and its field with its rule."""
    return name, f"{name}|{rule}"


def log_odds(confidence: float) -> float:
    """Log-odds of a confidence, which is first kept between the lowest and the highest."""
    bounded = min(max(confidence, 1 - HIGHEST), HIGHEST)
    return log(bounded / (1 - bounded))


@lru_cache(maxsize=4096)
def field_at(pointer: str) -> str:
    """The field of a JSON Pointer as the tables name it: "/work/0/name" is "work.name"."""
    name = _NUMBER.sub("", pointer).strip("/").replace("/", ".")
    return _NAMED.get(name, name)


@lru_cache(maxsize=3)
def shipped_calibration(reader: Reader) -> Calibration:
    """What was measured where this read the document."""
    data = files("resume_processor.parsing.models").joinpath("data/calibration.json")
    part = json.loads(data.read_text("utf-8"))[reader]
    return Calibration(part["slope"], part["offset"], part["offsets"])
