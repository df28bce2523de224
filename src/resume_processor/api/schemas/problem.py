"""The one shape of every error: RFC 9457 problem details with a stable ``code``."""

from __future__ import annotations

from pydantic import Field

from resume_processor.api.schemas.base import Body

#: Media type of every error body.
PROBLEM_MEDIA_TYPE = "application/problem+json"


class FieldProblem(Body):
    """One parameter or member that does not fit."""

    location: str = Field(
        description="Where it stands, from the outside in.", examples=["query.limit"]
    )
    message: str = Field(
        description="What is wrong with it.", examples=["Input should be less than or equal to 200"]
    )


class Problem(Body):
    """An error (RFC 9457). Branch on ``code``: it is stable; ``detail`` is for people."""

    type: str = Field(
        description="A URI that names the kind of problem.",
        examples=["urn:resume-processor:problem:not_found"],
    )
    title: str = Field(description="The HTTP status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    code: str = Field(description="The kind of problem, for programs.", examples=["not_found"])
    detail: str = Field(
        description="What happened, for people.", examples=["There is no resume with this id."]
    )
    instance: str = Field(
        description="The path that was asked for.",
        examples=["/v1/resumes/0198c0de-0000-7000-8000-000000000000"],
    )
    errors: tuple[FieldProblem, ...] | None = Field(
        None, description="Each parameter or member that does not fit, where that is the problem."
    )
