"""A trie holds what was put in, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.skills.trie import build_trie

SEQUENCES = st.dictionaries(
    st.lists(st.integers(0, 5), min_size=1, max_size=4).map(tuple), st.integers(0, 99), max_size=30
)


def _look_up(trie, sequence):
    node = 0
    for token in sequence:
        node = trie.step(node, token)
        if node is None:
            return None
    return trie.value[node] - 1 if trie.value[node] else None


@given(SEQUENCES, st.lists(st.integers(0, 5), min_size=1, max_size=5).map(tuple))
def test_it_finds_what_is_there(labels, other):
    trie = build_trie(labels)
    assert all(_look_up(trie, sequence) == number for sequence, number in labels.items())
    assert _look_up(trie, other) == labels.get(other)
