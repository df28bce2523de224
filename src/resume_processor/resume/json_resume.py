"""The official JSON Schema of JSON Resume 1.0.0."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft4Validator

from resume_processor.errors import ResumeProcessorError

_SCHEMA = "json-resume-1.0.0.schema.json"


class InvalidJsonResume(ResumeProcessorError):
    """The record breaks the schema: a defect of ours, never of the document."""

    code = "invalid_json_resume"
    default_message = "The record does not follow JSON Resume 1.0.0."


@cache
def _validator() -> Draft4Validator:
    folder = resources.files("resume_processor.resume") / "data"
    schema = json.loads((folder / _SCHEMA).read_text("utf-8"))
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def validate(resume: Mapping[str, Any]) -> None:
    """Raises InvalidJsonResume; its message names places and broken keywords, never a value."""
    broken = sorted(
        f"/{'/'.join(map(str, error.absolute_path))}: {error.validator}"
        for error in _validator().iter_errors(resume)
    )
    if broken:
        raise InvalidJsonResume("Not JSON Resume 1.0.0: " + "; ".join(broken[:5]))
