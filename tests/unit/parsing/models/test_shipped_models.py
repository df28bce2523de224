"""The shipped models remember nobody, and say the same in every process."""

import gzip
import re
from importlib.resources import files
from pathlib import Path

import pycrfsuite
import pytest

from resume_processor import parsing
from resume_processor.parsing.models.groups import GROUPS
from resume_processor.parsing.models.view import view
from resume_processor.parsing.models.vocabulary import LEAST_DOCUMENTS, shipped_vocabulary
from training.corpus import BENCHMARK, examples

DATA = files("resume_processor.parsing.models").joinpath("data")
NAMES = ["lines", *(group.name for group in GROUPS)]


def _structural_words() -> set[str]:
    """Every word of the code that makes features: their names, sections, word classes."""
    folder = Path(parsing.__file__).parent
    sources = [*(folder / "models").glob("*.py"), folder / "section_kind.py"]
    sources += [folder / "lexicon" / "word_file.py", folder.parent / "layout" / "lines.py"]
    text = "\n".join(path.read_text("utf-8") for path in sources).casefold()
    return set(re.findall(r"[^\W\d_]+", text))


def _is_shape(word: str) -> bool:
    """Letters of a shape are "x", "X" and "d"; other signs stand for themselves."""
    return all(c in "xXd" or not c.isalpha() for c in word)


def _features(name: str) -> list[str]:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(gzip.decompress(DATA.joinpath(f"{name}.crf.gz").read_bytes()))
    return list(tagger.info().attributes)


@pytest.mark.parametrize("name", NAMES)
def test_a_model_knows_no_word_outside_the_vocabulary(name):
    known = _structural_words()
    known |= {part for w in shipped_vocabulary().words for part in re.findall(r"[^\W\d_]+", w)}
    unknown = {
        word
        for feature in _features(name)
        for word in re.findall(r"[^\W\d_]+", feature)
        if word.casefold() not in known and not _is_shape(word)
    }
    assert sorted(w for w in unknown if len(w) > 1) == []


def test_the_models_are_small():
    size = sum(len(DATA.joinpath(f"{name}.crf.gz").read_bytes()) for name in NAMES)
    assert size < 10 * 1024 * 1024


@pytest.mark.shared
@pytest.mark.skipif(not (BENCHMARK / "train").exists(), reason="../shared/benchmark is not here")
def test_each_word_of_the_vocabulary_stands_in_many_documents():
    counts: dict[str, int] = dict.fromkeys(shipped_vocabulary().words, 0)
    for example in examples(BENCHMARK / "train"):
        words = {token.text.casefold() for token in view(example.document).tokens}
        words |= {f"~{w[-3:]}" for w in words if len(w) > 3 and w.isalpha()}
        for word in words & counts.keys():
            counts[word] += 1
    assert [word for word, count in counts.items() if count < LEAST_DOCUMENTS] == []
