"""The taxonomy: concepts, the labels that they are found by, and what they say about each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from resume_processor.skills.tokens import forms_of, tokens_of
from resume_processor.skills.trie import TokenTrie


class ConceptKind(StrEnum):
    """What a concept is."""

    TECHNOLOGY = "technology"  #: a tool, a language to program in, a product
    KNOWLEDGE = "knowledge"  #: a field one knows
    SKILL = "skill"  #: something one can do
    LANGUAGE = "language"  #: a language people speak
    ATTITUDE = "attitude"  #: how one works


class Relation(StrEnum):
    """How one concept speaks for another."""

    SAME = "same"
    IMPLIES = "implies"  #: whoever knows this knows that
    BROADER = "broader"  #: this is a kind of that
    NARROWER = "narrower"  #: that is a kind of this, so this says only a little
    RELATED = "related"  #: members of one group


#: Relations that show the skill itself, the nearest first.
SHOWS = (Relation.SAME, Relation.IMPLIES, Relation.BROADER)


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill of the taxonomy; ``id`` names the source too: ``esco:…``, ``onet:…``, ``own:…``."""

    id: str
    name: str
    kind: ConceptKind


@dataclass(frozen=True, slots=True)
class ExactLabel:
    """A label that counts only as it is written, some of them only in the company of skills."""

    concept: int
    needs_context: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """Edges between concepts by number; ``groups`` maps a concept to its group's number."""

    implies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    broader: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    groups: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labels:
    """What ends at a node: ``plain[label]`` is a concept + 1, or 0; ``exact`` goes by surface."""

    plain: Sequence[int]
    exact: Mapping[int, Mapping[str, ExactLabel]]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Loaded once a process; read-only. ``version`` names the sources and the build."""

    version: str
    ids: Sequence[str]
    names: Sequence[str]
    kinds: str  #: one letter a concept, see KIND_LETTERS
    vocabulary: Mapping[str, int]
    trie: TokenTrie
    labels: Labels
    relations: Relations
    closures: dict[int, Mapping[int, Relation]] = field(default_factory=dict)  #: filled as asked

    def __len__(self) -> int:
        return len(self.ids)

    def concept(self, number: int) -> Concept:
        """The concept of that number."""
        return Concept(self.ids[number], self.names[number], KINDS[self.kinds[number]])

    def number_of(self, name: str) -> int | None:
        """The concept that a whole text names, in whatever case, or None."""
        node: int | None = 0
        for form in forms_of(name):
            token = self.vocabulary.get(form)
            node = None if token is None or node is None else self.trie.step(node, token)
            if node is None:
                return None
        label = self.trie.value[node or 0] - 1
        return None if label < 0 else self._named(label, name)

    def _named(self, label: int, name: str) -> int | None:
        exact = self.labels.exact.get(label, {})
        surface = surface_of(name)
        if surface in exact:
            return exact[surface].concept
        if self.labels.plain[label]:
            return self.labels.plain[label] - 1
        return next((exact[key].concept for key in sorted(exact)), None)

    def speaks_for(self, number: int) -> Mapping[int, Relation]:
        """All concepts that this one says something about, itself included, and how."""
        if number not in self.closures:
            self.closures[number] = self._closure(number)
        return self.closures[number]

    def _closure(self, number: int) -> Mapping[int, Relation]:
        found: dict[int, Relation] = {number: Relation.SAME}
        queue = [number]
        for one in queue:
            for edges, relation in (
                (self.relations.implies, Relation.IMPLIES),
                (self.relations.broader, Relation.BROADER),
            ):
                for other in edges.get(one, ()):
                    if other not in found:
                        above = found[one]
                        found[other] = relation if above is Relation.SAME else above
                        queue.append(other)
        return found

    def related(self, one: int, other: int) -> Relation | None:
        """A weak relation between two concepts: a kind of it, or the same group."""
        if other in self.relations.broader and one in self.relations.broader[other]:
            return Relation.NARROWER
        group = self.relations.groups.get(one)
        same_group = group is not None and group == self.relations.groups.get(other)
        return Relation.RELATED if same_group and one != other else None


KINDS = {
    "t": ConceptKind.TECHNOLOGY,
    "k": ConceptKind.KNOWLEDGE,
    "s": ConceptKind.SKILL,
    "l": ConceptKind.LANGUAGE,
    "a": ConceptKind.ATTITUDE,
}


def surface_of(text: str) -> str:
    """The tokens of a text as they are written, with single spaces."""
    return " ".join(token.surface for token in tokens_of(text))
