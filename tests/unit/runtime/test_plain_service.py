"""The service without what keeps work from loss, which `make chaos` is measured against."""

import inspect

from resume_processor.runtime.background import Background
from tests.chaos.hostile_server import NoBackground


def test_it_is_built_as_the_real_one_is():
    plain, real = (inspect.signature(one).parameters for one in (NoBackground, Background))
    assert [(one.kind, one.default is one.empty) for one in plain.values()] == [
        (one.kind, one.default is one.empty) for one in real.values()
    ]
