"""A conditional random field: feature strings in, probabilities of labels out.

CRFsuite trains the models; here they are applied. Most features of a token are those of its line
or of its part of the line, so they come in blocks, and a block is added up once for all of them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import repeat

import numpy as np

from resume_processor.parsing.models.crf_file import CrfWeights, Numbers, read_weights
from resume_processor.parsing.models.probabilities import Probabilities

#: The features of one item, in blocks; items that share a block hold the same object.
Item = tuple[Sequence[str], ...]
#: The items of a sequence.
Features = Sequence[Item]

#: Blocks whose weights are gathered at once: enough to be quick, few enough to stay small.
BLOCKS_AT_ONCE = 128


class Crf:
    """A trained model."""

    def __init__(self, model: bytes) -> None:
        """``model`` is a CRFsuite model as the trainer wrote it."""
        self.model = model
        self._weights = read_weights(model)
        self._steps = np.exp(self._weights.transitions)
        self.labels = self._weights.labels

    def marginals(self, features: Features) -> Probabilities:
        """The probability of each label, for each item of the sequence."""
        if not features:
            return Probabilities(self.labels, np.empty((0, len(self.labels))))
        scores = _scores(self._weights, features)
        return Probabilities(self.labels, _marginals(scores, self._steps))


def _scores(weights: CrfWeights, features: Features) -> Numbers:
    """What the features of each item say for each label: the sums of their weights."""
    blocks = {id(block): block for item in features for block in item}
    numbers = {key: number for number, key in enumerate(blocks)}
    sums = np.concatenate(list(_sums(weights, list(blocks.values()))))
    of_items = [numbers[id(block)] for item in features for block in item]
    starts = np.cumsum([0, *(len(item) for item in features[:-1])])
    scores: Numbers = np.add.reduceat(sums[of_items], starts, axis=0)
    return scores


def _sums(weights: CrfWeights, blocks: Sequence[Sequence[str]]) -> Iterator[Numbers]:
    """The sum of the weights of each block, some blocks at a time."""
    number_of, nothing = weights.features.get, len(weights.features)
    for first in range(0, len(blocks), BLOCKS_AT_ONCE):
        rows: list[int] = []
        starts: list[int] = []
        for block in blocks[first : first + BLOCKS_AT_ONCE]:
            starts.append(len(rows))
            rows.append(nothing)  # a block without a known feature has a sum, too
            rows += map(number_of, block, repeat(nothing))
        yield np.add.reduceat(weights.states.take(rows, axis=0), starts, axis=0)


def _marginals(scores: Numbers, steps: Numbers) -> Numbers:
    """The probabilities of the labels, by what stands before, at and behind each item."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    joint = _before(raised, steps) * raised * _before(raised[::-1], steps.T)[::-1]
    found: Numbers = joint / joint.sum(axis=1, keepdims=True)
    return found


def _before(raised: Numbers, steps: Numbers) -> Numbers:
    """How well each label of each item goes with all items before it.

    Only the ratios within a row matter. No two labels of a row are further apart than two steps
    are, so a row over its first number neither overflows nor vanishes.
    """
    before = np.ones_like(raised)
    joint = np.empty_like(raised[0])
    for own, here, following in zip(raised, before, before[1:], strict=False):
        np.multiply(here, own, out=joint)
        np.dot(joint, steps, out=following)
        np.divide(following, following[0], out=following)
    return before


@lru_cache(maxsize=16)
def load(name: str) -> Crf:
    """The shipped model of this name, read once a process."""
    packed = files("resume_processor.parsing.models").joinpath("data", f"{name}.crf.gz")
    return Crf(gzip.decompress(packed.read_bytes()))
