"""Trains the whole cascade on a set of documents, and reads documents with what was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resume_processor.parsing.models.cascade import Cascade
from resume_processor.parsing.models.crf import Crf, Features, Item
from resume_processor.parsing.models.groups import GROUPS, Group, runs
from resume_processor.parsing.models.line_features import line_features
from resume_processor.parsing.models.line_labels import LineOdds, line_odds
from resume_processor.parsing.models.rule_marks import rule_marks, rules_of
from resume_processor.parsing.models.token_features import token_features
from resume_processor.parsing.models.view import DocumentView, view
from resume_processor.parsing.models.vocabulary import Vocabulary
from training.corpus import FOLDS, Example
from training.fit import Sequenced, Settings, fit
from training.labelling import Truth, truth_of

LINES = Settings(c1=0.1, c2=0.1, iterations=100)
WORDS: Mapping[str, Settings] = {
    "person": Settings(c1=0.4, c2=0.1, iterations=100),
    "work": Settings(c1=0.4, c2=0.1, iterations=100),
    "education": Settings(c1=0.4, c2=0.1, iterations=100),
    "skills": Settings(c1=0.4, c2=0.1, iterations=100),
    "lists": Settings(c1=0.4, c2=0.1, iterations=100),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example with its view and its labels."""

    example: Example
    seen: DocumentView
    truth: Truth


def prepare(example: Example) -> Prepared:
    """Look at an example and label it."""
    seen = view(example.document)
    return Prepared(example, seen, truth_of(seen, example.gold))


def fit_lines(items: Sequence[Prepared], vocabulary: Vocabulary) -> bytes:
    """The line model of these examples."""
    return fit(((line_features(i.seen, vocabulary), i.truth.sections) for i in items), LINES)


def odds_of(model: Crf, vocabulary: Vocabulary, seen: DocumentView) -> list[LineOdds]:
    """What a line model says about a document."""
    return line_odds(model.marginals(line_features(seen, vocabulary)))


def crossed_odds(items: Sequence[Prepared], vocabulary: Vocabulary) -> list[list[LineOdds]]:
    """What a line model says about each example that it has not seen."""
    odds: dict[int, list[LineOdds]] = {}
    for fold in range(FOLDS):
        held = [n for n, item in enumerate(items) if item.example.fold == fold]
        if not held:
            continue
        rest = [item for item in items if item.example.fold != fold]
        model = Crf(fit_lines(rest, vocabulary))
        for n in held:
            odds[n] = odds_of(model, vocabulary, items[n].seen)
    return [odds[n] for n in range(len(items))]


def features_of(seen: DocumentView, vocabulary: Vocabulary, odds: Sequence[LineOdds]) -> list[Item]:
    """The features of a document's tokens, as the cascade sees them."""
    marks = rule_marks(seen, odds, rules_of(seen, odds))
    return token_features(seen, vocabulary, odds, marks)


def word_sequences(
    group: Group, item: Prepared, features: Features, odds: Sequence[LineOdds]
) -> list[Sequenced]:
    """The runs of tokens that a word model learns from in one example."""
    sequences: list[Sequenced] = []
    for first_line, stop_line in runs(group, [line.sections for line in odds]):
        first, stop = item.seen.lines[first_line].first, item.seen.lines[stop_line - 1].stop
        tags = [group.tag(tag) for tag in item.truth.tags[first:stop]]
        sequences.append((features[first:stop], _started(tags)))
    return sequences


def _started(tags: list[str]) -> list[str]:
    """A run that begins inside a value begins it."""
    if tags and tags[0].startswith("I-"):
        tags[0] = f"B{tags[0][1:]}"
    return tags


def train(items: Sequence[Prepared], vocabulary: Vocabulary) -> Cascade:
    """All models."""
    lines = fit_lines(items, vocabulary)
    odds = crossed_odds(items, vocabulary)
    features = [
        features_of(item.seen, vocabulary, line) for item, line in zip(items, odds, strict=True)
    ]
    words = {
        group.name: Crf(
            fit(
                (
                    sequence
                    for item, feature, line in zip(items, features, odds, strict=True)
                    for sequence in word_sequences(group, item, feature, line)
                ),
                WORDS[group.name],
            )
        )
        for group in GROUPS
    }
    return Cascade(vocabulary, Crf(lines), words)
