"""A trie over tokens in three flat arrays: small, and loaded without building anything.

Nodes are numbered breadth first, and edges are sorted by parent and token; so the edge ``i`` leads
to the node ``i + 1``, and the edges of node ``n`` are ``first_edge[n]`` to ``first_edge[n + 1]``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

#: The type of the arrays: unsigned, 4 bytes, on every platform that CPython supports.
UINT32 = "I"


@dataclass(frozen=True, slots=True)
class TokenTrie:
    """``value[node]`` is a label's number + 1, or 0 where no label ends."""

    first_edge: array[int]
    edge_token: array[int]
    value: array[int]

    def step(self, node: int, token: int) -> int | None:
        """The node that a token leads to, if any."""
        low, high = self.first_edge[node], self.first_edge[node + 1]
        at = bisect_left(self.edge_token, token, low, high)
        return at + 1 if at < high and self.edge_token[at] == token else None


def build_trie(labels: Mapping[tuple[int, ...], int]) -> TokenTrie:
    """A trie of token sequences and the numbers that they stand for."""
    first_edge, edge_token, value = array(UINT32), array(UINT32), array(UINT32)
    sequences = sorted(labels)
    queue = [(0, len(sequences), 0)]  # sequences low..high share a prefix of so many tokens
    for low, high, depth in queue:
        first_edge.append(len(edge_token))
        at = low
        ends_here = at < high and len(sequences[at]) == depth
        value.append(labels[sequences[at]] + 1 if ends_here else 0)
        at += ends_here
        while at < high:
            token = sequences[at][depth]
            stop = at
            while stop < high and sequences[stop][depth] == token:
                stop += 1
            edge_token.append(token)
            queue.append((at, stop, depth + 1))
            at = stop
    first_edge.append(len(edge_token))
    return TokenTrie(first_edge, edge_token, value)
