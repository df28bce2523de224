"""What a model says about the items of a sequence, one row each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How probable each label is for each item: ``rows`` are items x labels."""

    labels: tuple[str, ...]
    rows: Rows
