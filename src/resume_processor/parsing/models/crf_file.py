"""Reads the file of a trained conditional random field, as CRFsuite writes it.

The file holds the names of labels and features (each in a "CQDB", a small hash table on disk) and
the weights that are not zero. Here they become what NumPy can add up: a row of weights a feature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_MAGIC = b"lCRF"
#: After magic and size: type, version, and the counts and places of what follows.
_HEADER = Struct("<4sI4sIIIIIIIII")
#: Before the weights: magic, size in bytes, how many there are.
_WEIGHTS_HEADER = Struct("<4sII")
_WEIGHT = np.dtype([("type", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1
#: Of a table of names: magic, size, flags, byte order, how many names, where their places are.
_NAMES_HEADER = Struct("<4sIIIII")
#: Before each name, which ends with a zero byte: its number, its length with that byte.
_NAME = Struct("<II")


@dataclass(frozen=True, slots=True)
class CrfWeights:
    """What a model has learned."""

    labels: tuple[str, ...]
    features: Mapping[str, int]  #: the row of each feature in ``states``
    states: Numbers  #: features x labels, and a last row of zeros
    transitions: Numbers  #: labels x labels, from row to column


def read_weights(model: bytes) -> CrfWeights:
    """The weights of a model; ``model`` is what CRFsuite's trainer wrote."""
    header = _HEADER.unpack_from(model)
    if header[0] != _MAGIC:
        raise ValueError("not a CRFsuite model")
    weights_at, labels_at, features_at = header[7:10]
    labels, features = _names(model, labels_at), _names(model, features_at)
    _, _, count = _WEIGHTS_HEADER.unpack_from(model, weights_at)
    found = np.frombuffer(model, _WEIGHT, count, weights_at + _WEIGHTS_HEADER.size)
    return CrfWeights(
        tuple(labels),
        {name: row for row, name in enumerate(features)},
        _table(found[found["type"] == _STATE], len(features) + 1, len(labels)),
        _table(found[found["type"] == _TRANSITION], len(labels), len(labels)),
    )


def _names(model: bytes, start: int) -> list[str]:
    """The names of a table in the order of their numbers."""
    *_, count, places_at = _NAMES_HEADER.unpack_from(model, start)
    places = np.frombuffer(model, "<u4", count, start + places_at)
    return [_name(model, start + place) for place in places.tolist()]


def _name(model: bytes, at: int) -> str:
    _, length = _NAME.unpack_from(model, at)
    first = at + _NAME.size
    return model[first : first + length - 1].decode("utf-8")


def _table(found: npt.NDArray[np.void], rows: int, columns: int) -> Numbers:
    table = np.zeros((rows, columns))
    table[found["source"], found["label"]] = found["weight"]
    return table
