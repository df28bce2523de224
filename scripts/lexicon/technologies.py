"""Words of technologies, from the taxonomy of skills."""

from __future__ import annotations

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.skills.taxonomy_file import load_taxonomy


def technology_words() -> frozenset[str]:
    """Names of technologies that are one word."""
    taxonomy = load_taxonomy()
    return frozenset(
        fold(name)
        for name, kind in zip(taxonomy.names, taxonomy.kinds, strict=True)
        if kind == "t" and " " not in name and len(name) > 1
    )
