"""Failures of the shared contract show what was compared."""

from __future__ import annotations
