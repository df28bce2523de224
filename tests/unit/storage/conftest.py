"""Failures of the shared contract show what was compared."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.contracts.storage")
