"""For all tests: assertions in shared suites explain themselves, whoever imports them first."""

import pytest

pytest.register_assert_rewrite("tests.contracts.storage")
