"""Rebuild the shipped models: ``python -m training`` (``make train``).

Reads ``../shared/benchmark``: ``train`` and, less the themes held out, ``formats``. The vocabulary
is that of ``train`` alone, where each document is another person's. The same
documents give the same bytes. Writes the models and their vocabulary, and nothing of the documents,
into ``resume_processor/parsing/models/data``.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import resume_processor.parsing.models
from training.corpus import BENCHMARK, examples, rendered_examples
from training.pipeline import prepare, train
from training.words import vocabulary_of

#: Where the package looks for its models.
DATA = Path(resume_processor.parsing.models.__file__).parent / "data"


def main() -> int:
    """Train on all examples and write the models."""
    if not (BENCHMARK / "train").is_dir():
        print("the training documents are not here; the shipped models stay as they are")
        return 1
    items = [prepare(example) for example in examples(BENCHMARK / "train")]
    vocabulary = vocabulary_of(item.seen for item in items)
    items += [prepare(example) for example in rendered_examples(held_out=False)]
    cascade = train(items, vocabulary)
    DATA.mkdir(exist_ok=True)
    (DATA / "vocabulary.txt").write_text("\n".join(sorted(vocabulary.words)) + "\n", "utf-8")
    for name, model in {"lines": cascade.lines, **cascade.words}.items():
        packed = gzip.compress(model.model, mtime=0)
        (DATA / f"{name}.crf.gz").write_bytes(packed)
        print(f"{name}: {len(packed) // 1024} KiB")
    print(f"{len(items)} documents, {len(vocabulary.words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
