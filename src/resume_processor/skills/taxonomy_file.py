"""The taxonomy's file: a gzip of one line of JSON and four arrays (scripts/build_taxonomy.py)."""

from __future__ import annotations

import gzip
import json
import sys
from array import array
from functools import lru_cache
from importlib.resources import files
from typing import Any

from resume_processor.skills.taxonomy import ExactLabel, Labels, Relations, Taxonomy
from resume_processor.skills.trie import UINT32, TokenTrie

FILE_NAME = "taxonomy.gz"
_ARRAYS = ("first_edge", "edge_token", "value", "plain")


def to_bytes(taxonomy: Taxonomy) -> bytes:
    """The file's content; the same taxonomy gives the same bytes."""
    arrays = _arrays_of(taxonomy)
    header = {
        "version": taxonomy.version,
        "ids": "\n".join(taxonomy.ids),
        "names": "\n".join(taxonomy.names),
        "kinds": taxonomy.kinds,
        "vocabulary": "\n".join(sorted(taxonomy.vocabulary, key=taxonomy.vocabulary.__getitem__)),
        "exact": {
            str(label): {
                surface: [one.concept, one.needs_context] for surface, one in exact.items()
            }
            for label, exact in taxonomy.labels.exact.items()
        },
        "implies": _edges(taxonomy.relations.implies),
        "broader": _edges(taxonomy.relations.broader),
        "groups": {str(one): group for one, group in taxonomy.relations.groups.items()},
        "lengths": [len(arrays[name]) for name in _ARRAYS],
    }
    line = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    body = b"".join(_little_endian(arrays[name]).tobytes() for name in _ARRAYS)
    return gzip.compress(line.encode() + body, compresslevel=9, mtime=0)


def _arrays_of(taxonomy: Taxonomy) -> dict[str, array[int]]:
    trie = taxonomy.trie
    return {
        "first_edge": trie.first_edge,
        "edge_token": trie.edge_token,
        "value": trie.value,
        "plain": array(UINT32, taxonomy.labels.plain),
    }


def _edges(edges: Any) -> dict[str, list[int]]:
    return {str(one): list(others) for one, others in edges.items()}


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return numbers
    swapped = array(UINT32, numbers)
    swapped.byteswap()
    return swapped


def from_bytes(data: bytes) -> Taxonomy:
    """Read a file's content."""
    line, _, body = gzip.decompress(data).partition(b"\n")
    header = json.loads(line)
    arrays, at = {}, 0
    for name, length in zip(_ARRAYS, header["lengths"], strict=True):
        numbers = array(UINT32)
        stop = at + length * numbers.itemsize
        numbers.frombytes(body[at:stop])
        arrays[name], at = _little_endian(numbers), stop
    return Taxonomy(
        version=header["version"],
        ids=header["ids"].split("\n"),
        names=header["names"].split("\n"),
        kinds=header["kinds"],
        vocabulary={form: n for n, form in enumerate(header["vocabulary"].split("\n"))},
        trie=TokenTrie(arrays["first_edge"], arrays["edge_token"], arrays["value"]),
        labels=Labels(arrays["plain"], _exact_of(header["exact"])),
        relations=_relations_of(header),
    )


def _exact_of(data: dict[str, dict[str, list[Any]]]) -> dict[int, dict[str, ExactLabel]]:
    return {
        int(label): {surface: ExactLabel(*one) for surface, one in exact.items()}
        for label, exact in data.items()
    }


def _relations_of(header: dict[str, Any]) -> Relations:
    return Relations(
        implies={int(one): tuple(others) for one, others in header["implies"].items()},
        broader={int(one): tuple(others) for one, others in header["broader"].items()},
        groups={int(one): group for one, group in header["groups"].items()},
    )


@lru_cache(maxsize=1)
def load_taxonomy() -> Taxonomy:
    """The taxonomy that comes with the package, read once a process."""
    return from_bytes((files("resume_processor.skills.data") / FILE_NAME).read_bytes())
