"""Reading a job takes time in proportion to its length, whatever it is made of."""

import pytest

from resume_processor.scoring.read_job import read_job

#: Characters; the API takes as many. A reading that grows with the square takes minutes for them.
LONG = 200_000


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece",
    ["\n", " \n", "\r\n", " ", "\t", "a", "1 ", "5 - ", ", ", "-", "Title: ", "Abc ", "certified ",
     "Bachelor in a ", "5 years ", "We are looking for a ", "Must have:\n", "• ", "("],
)  # fmt: skip
def test_a_long_repetition_is_read_in_seconds(piece):
    read_job(piece * (LONG // len(piece)))
