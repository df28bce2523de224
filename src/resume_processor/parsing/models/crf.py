"""A conditional random field: feature strings in, probabilities of labels out."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import pycrfsuite

#: Of a sequence: the features of each item.
Features = Sequence[Sequence[str]]


class Crf:
    """A trained model; not for use by two threads at once."""

    def __init__(self, model: bytes) -> None:
        """``model`` is a CRFsuite model as the trainer wrote it."""
        self.model = model  # the tagger reads from these bytes as long as it lives
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)
        self.labels: tuple[str, ...] = tuple(self._tagger.labels())

    def marginals(self, features: Features) -> list[dict[str, float]]:
        """The probability of each label, for each item of the sequence."""
        if not features:
            return []
        self._tagger.set(pycrfsuite.ItemSequence(features))
        marginal = self._tagger.marginal
        return [
            {label: marginal(label, at) for label in self.labels} for at in range(len(features))
        ]


@lru_cache(maxsize=16)
def load(name: str) -> Crf:
    """The shipped model of this name, read once a process."""
    packed = files("resume_processor.parsing.models").joinpath("data", f"{name}.crf.gz")
    return Crf(gzip.decompress(packed.read_bytes()))
