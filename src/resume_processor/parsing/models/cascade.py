"""The trained cascade: lines to sections, words to values, values to entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.layout.lines import Document
from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.models.blend import Blend
from resume_processor.parsing.models.crf import Crf, load
from resume_processor.parsing.models.decode import Value, decode
from resume_processor.parsing.models.details import with_details
from resume_processor.parsing.models.drafting import draft
from resume_processor.parsing.models.encoder import Encoder, shipped_encoder
from resume_processor.parsing.models.groups import GROUPS, runs
from resume_processor.parsing.models.line_features import line_features
from resume_processor.parsing.models.line_labels import LineOdds, line_odds
from resume_processor.parsing.models.missed import with_missing
from resume_processor.parsing.models.rule_marks import labelled_lines, rule_marks
from resume_processor.parsing.models.token_features import token_features
from resume_processor.parsing.models.view import DocumentView, view
from resume_processor.parsing.models.vocabulary import Vocabulary, shipped_vocabulary
from resume_processor.parsing.values import Draft


@dataclass(frozen=True, slots=True)
class Cascade:
    """The models together; ``words`` holds one for each group."""

    vocabulary: Vocabulary
    lines: Crf
    words: Mapping[str, Crf]
    encoder: Encoder | None = None

    def read(self, document: Document, plain: Draft) -> Draft:
        """Everything that the models find in a document.

        ``plain`` is what the rules find by themselves; it stands in where the models find nothing.
        """
        seen = view(document)
        blend = Blend(self.encoder.read(seen)) if self.encoder else None
        odds = self.odds(seen, blend)
        lines = labelled_lines(seen, odds)
        rules = draft_by_rules(lines)
        found = draft(seen, self.values(seen, odds, rules, blend), odds, rules)
        return with_missing(with_details(found, rules, lines), plain)

    def odds(self, seen: DocumentView, blend: Blend | None = None) -> list[LineOdds]:
        """The sections of the lines."""
        said = self.lines.marginals(line_features(seen, self.vocabulary))
        return line_odds(blend.lines(said) if blend else said)

    def values(
        self,
        seen: DocumentView,
        odds: Sequence[LineOdds],
        rules: Draft,
        blend: Blend | None = None,
    ) -> list[Value]:
        """The values of all fields, each group's in reading order."""
        marks = rule_marks(seen, odds, rules)
        features = token_features(seen, self.vocabulary, odds, marks)
        values: list[Value] = []
        for group in GROUPS:
            for first_line, stop_line in runs(group, [line.sections for line in odds]):
                first = seen.lines[first_line].first
                stop = seen.lines[stop_line - 1].stop
                said = self.words[group.name].marginals(features[first:stop])
                said = blend.words(said, first) if blend else said
                values += [value.moved(first) for value in decode(said, outside=group.outside)]
        return [value for value in values if _says_something(seen, value)]


def _says_something(seen: DocumentView, value: Value) -> bool:
    """Whether it has a letter or a digit: a comma between two values is not a third one."""
    tokens = seen.tokens[value.first : value.last + 1]
    return any(mark.isalnum() for token in tokens for mark in token.text)


@lru_cache(maxsize=2)
def shipped(*, accurate: bool) -> Cascade:
    """The cascade that comes with the package; where it is to be accurate, with the encoder."""
    words = {group.name: load(group.name) for group in GROUPS}
    encoder = shipped_encoder() if accurate else None
    return Cascade(shipped_vocabulary(), load("lines"), words, encoder)


def read_draft(document: Document, plain: Draft, *, accurate: bool) -> Draft:
    """Everything that the shipped models find in a document; see ``Cascade.read``."""
    return shipped(accurate=accurate).read(document, plain)
