"""Examples as tensors, cut into windows and put into batches."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from resume_processor.parsing.models.piece_features import FEATURES, FLAGS
from resume_processor.parsing.models.pieces import NO_TOKEN, Pieces

#: A piece that carries no label is left out of the loss.
UNLABELLED = -100
#: Shorter rests are not worth a place in a batch.
LEAST = 9


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document: ``ids``, ``tags`` and ``labels`` (pieces), ``features`` and ``flags`` wider."""

    ids: Tensor
    features: Tensor
    flags: Tensor
    tags: Tensor
    labels: Tensor
    breaks: tuple[int, ...]  #: pieces that begin a line


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``start`` to ``stop - 1`` of a document."""

    of: Labelled
    start: int
    stop: int

    @property
    def length(self) -> int:
        """In pieces."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded at the end; ``present`` says where a piece is."""

    ids: Tensor
    features: Tensor
    flags: Tensor
    present: Tensor
    tags: Tensor
    labels: Tensor


def sequence(pieces: Pieces, tags: Sequence[int], labels: Sequence[int | None]) -> Labelled:
    """``tags``: numbers for the tokens; ``labels``: numbers for the lines, None for none."""
    flags = torch.zeros(len(pieces.ids), FLAGS, dtype=torch.bool)
    for at, numbers in enumerate(pieces.flags):
        flags[at, list(numbers)] = True
    of_lines = [labels[line] if line != NO_TOKEN else None for line in pieces.lines]
    return Labelled(
        ids=torch.tensor(pieces.ids),
        features=torch.tensor(pieces.features),
        flags=flags,
        tags=torch.tensor([tags[t] if t != NO_TOKEN else UNLABELLED for t in pieces.tokens]),
        labels=torch.tensor([UNLABELLED if n is None else n for n in of_lines]),
        breaks=tuple(at for at, line in enumerate(pieces.lines) if line != NO_TOKEN),
    )


def windows(of: Labelled, size: int, shift: int) -> Iterator[Window]:
    """Windows that end with a line where they can; the first is ``shift`` pieces shorter."""
    start, count = 0, len(of.ids)
    limit = size - shift
    while start < count:
        stop = min(start + limit, count)
        at = bisect_right(of.breaks, stop) - 1
        if stop < count and at >= 0 and of.breaks[at] > start + limit // 2:
            stop = of.breaks[at]
        yield Window(of, start, stop)
        start, limit = stop, size


def batches(
    documents: Sequence[Labelled], pieces: int, size: int, rng: random.Random
) -> list[list[Window]]:
    """All windows of ``size`` pieces in random order, about ``pieces`` pieces a batch."""
    cut = [w for d in documents for w in windows(d, size, rng.randrange(size)) if w.length >= LEAST]
    rng.shuffle(cut)
    # Windows of a like length side by side need little padding; the batches are shuffled again.
    pool = 16 * max(1, pieces // size)
    near = [w for at in range(0, len(cut), pool) for w in sorted(cut[at : at + pool], key=_length)]
    found: list[list[Window]] = [[]]
    for window in near:
        longest = max(w.length for w in [*found[-1], window])
        if found[-1] and longest * (len(found[-1]) + 1) > pieces:
            found.append([])
        found[-1].append(window)
    rng.shuffle(found)
    return found


def _length(window: Window) -> int:
    return window.length


def batch(items: Sequence[Window]) -> Batch:
    """Put windows side by side."""
    rows, length = len(items), max(item.length for item in items)
    made = Batch(
        ids=torch.zeros(rows, length, dtype=torch.long),
        features=torch.zeros(rows, length, len(FEATURES), dtype=torch.long),
        flags=torch.zeros(rows, length, FLAGS),
        present=torch.zeros(rows, length, dtype=torch.bool),
        tags=torch.full((rows, length), UNLABELLED),
        labels=torch.full((rows, length), UNLABELLED),
    )
    for row, item in enumerate(items):
        part = slice(item.start, item.stop)
        for name in ("ids", "features", "flags", "tags", "labels"):
            getattr(made, name)[row, : item.length] = getattr(item.of, name)[part]
        made.present[row, : item.length] = True
    return made


def numbered(names: Sequence[str]) -> Mapping[str, int]:
    """The number of each name, as the heads count them."""
    return {name: number for number, name in enumerate(names)}
