"""Words of technologies, from the taxonomy of skills."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from resume_processor.parsing.lexicon.folding import fold, words_of
from resume_processor.skills.taxonomy_file import load_taxonomy

#: Our own list of skills, with the other names of each.
_OWN_LIST = Path(__file__).parents[2] / "src/resume_processor/skills/data/own_skills.tsv"


def technology_words(common: frozenset[str]) -> frozenset[str]:
    """Names of technologies that are one word, and uncommon words of the longer ones we list."""
    taxonomy = load_taxonomy()
    technologies = {
        name: identity.startswith("own:")
        for name, kind, identity in zip(taxonomy.names, taxonomy.kinds, taxonomy.ids, strict=True)
        if kind == "t"
    }
    own = {name for name, is_own in technologies.items() if is_own}
    names = [*technologies, *_other_names(own)]
    single = {fold(name) for name in names if " " not in name and len(name) > 1}
    parts = {
        word
        for name in (*own, *_other_names(own))
        for word in words_of(name)
        if len(word) > 2 and word.isalpha() and word not in common
    }
    return frozenset(single | parts)


def _other_names(own: set[str]) -> Iterator[str]:
    for line in _OWN_LIST.read_text("utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name in own:
            for other in rest.partition("\t")[0].replace("|", ";").replace("~", ";").split(";"):
                if other.strip():
                    yield other.strip(" =?")
