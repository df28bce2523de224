"""The encoder: a small transformer that reads all words of a document with their layout.

It says for each token how probable each tag is, and for each line each of its labels. It runs as an
int8 graph in ONNX Runtime on one core. A document is read in windows that overlap, so that every
piece is judged with what stands around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from resume_processor.parsing.models.pieces import NO_TOKEN, Pieces, pieces_of
from resume_processor.parsing.models.probabilities import Rows
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.models.word_pieces import WordPieces

#: Pieces that are read at once, and how many at a window's ends are left to its neighbour.
WINDOW, MARGIN = 256, 32

Numbers = npt.NDArray[np.float32]


class Graph(Protocol):
    """What is asked of an ONNX session."""

    def run(self, outputs: None, inputs: Mapping[str, Numbers]) -> Sequence[Numbers]:
        """All outputs, as ``outputs`` names none."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities: a row for each token over ``tags``, a row for each line over ``labels``.

    A line without a token has no row in ``lines``.
    """

    tags: tuple[str, ...]
    labels: tuple[str, ...]
    tokens: Rows
    lines: Mapping[int, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is looked up and added for each piece; every vector has the encoder's width."""

    words: npt.NDArray[np.int8]
    scales: Numbers
    positions: Numbers
    features: Numbers
    offsets: npt.NDArray[np.int64]
    flags: Numbers

    def vectors(self, pieces: Pieces) -> Numbers:
        """One vector a piece, less that of its position in the window."""
        ids = np.asarray(pieces.ids)
        rows = np.asarray(pieces.features) + self.offsets
        # a column at a time: all of them at once would be a hundred megabytes
        features = self.features[rows[:, 0]]
        for column in rows.T[1:]:
            features += self.features[column]
        vectors: Numbers = self.words[ids] * self.scales[ids] + features
        sums = {flags: self.flags[list(flags)].sum(axis=0) for flags in set(pieces.flags) if flags}
        for at, flags in enumerate(pieces.flags):
            if flags:
                vectors[at] += sums[flags]
        return vectors


class Encoder:
    """Reads documents; not for use by two threads at once."""

    def __init__(
        self, graph: Graph, tables: Tables, cut: WordPieces, names: Mapping[str, Sequence[str]]
    ) -> None:
        """``names``: of the graph's outputs, "tags" and "labels"."""
        self._graph, self._tables, self._cut = graph, tables, cut
        self._tags, self._labels = tuple(names["tags"]), tuple(names["labels"])

    def read(self, seen: DocumentView) -> Reading:
        """What the encoder says about a document."""
        pieces = pieces_of(seen, self._cut)
        tokens = np.zeros((len(seen.tokens), len(self._tags)))
        lines: dict[int, Sequence[float]] = {}
        if pieces.ids:
            tags, labels = self._judged(self._tables.vectors(pieces))
            begun = np.asarray(pieces.tokens)
            tokens[begun[begun != NO_TOKEN]] = tags[begun != NO_TOKEN]
            for at, line in enumerate(pieces.lines):
                if line != NO_TOKEN:
                    lines[line] = labels[at].tolist()
        return Reading(self._tags, self._labels, tokens, lines)

    def _judged(self, vectors: Numbers) -> tuple[Numbers, Numbers]:
        """Probabilities of tags and labels for each piece."""
        tags: list[Numbers] = []
        labels: list[Numbers] = []
        for start, stop, first, last in windows(len(vectors)):
            given = (vectors[start:stop] + self._tables.positions[: stop - start])[None]
            of_tags, of_labels = self._graph.run(None, {"vectors": given})
            tags.append(_softmax(of_tags[0, first - start : last - start]))
            labels.append(_softmax(of_labels[0, first - start : last - start]))
        return np.concatenate(tags), np.concatenate(labels)


def windows(count: int) -> Iterator[tuple[int, int, int, int]]:
    """Windows over ``count`` pieces: start, stop, and the part (first, last) that each decides.

    All but the last are ``WINDOW`` long; the parts follow one another without gap or overlap.
    """
    decided = 0
    while decided < count:
        start = max(0, min(decided - MARGIN, count - WINDOW))
        stop = min(start + WINDOW, count)
        last = count if stop == count else stop - MARGIN
        yield start, stop, decided, last
        decided = last


def _softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Numbers = raised / raised.sum(axis=-1, keepdims=True)
    return probabilities


@lru_cache(maxsize=1)
def shipped_encoder() -> Encoder:
    """The encoder that comes with the package, loaded once a process."""
    data = files("resume_processor.parsing.models").joinpath("data")
    with data.joinpath("encoder.npz").open("rb") as file, np.load(file) as packed:
        tables = Tables(**{name: _widened(packed[name]) for name in packed.files})
    words = data.joinpath("pieces.txt").read_text(encoding="utf-8").split("\n")
    names = json.loads(data.joinpath("encoder.json").read_text(encoding="utf-8"))
    graph = _session(data.joinpath("encoder.onnx").read_bytes())
    return Encoder(graph, tables, WordPieces(words), names)


def _widened(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return table.astype(np.float32) if table.dtype == np.float16 else table


def _session(graph: bytes) -> Graph:
    """One thread: the worker's children are the parallel ones."""
    import onnxruntime  # noqa: PLC0415 -- costs 100 ms that a process without models need not pay

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session: Graph = onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"]
    )
    return session
