"""Pieces stand in reading order, know their token and line, and carry its features."""

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.models.piece_features import FEATURES, FLAGS
from resume_processor.parsing.models.pieces import (
    BULLET_MARK,
    LINE_MARK,
    MOST_PIECES,
    NO_TOKEN,
    UNKNOWN,
    pieces_of,
)
from resume_processor.parsing.models.view import view

TEXT = b"Experience\n\nEngineer at Example, 2019 - 2021\n- Built things\n"


def read(cut):
    seen = view(read_document(TEXT, Limits()))
    return seen, pieces_of(seen, cut)


def test_every_token_begins_one_piece_and_every_line_one_mark():
    seen, pieces = read(lambda word: tuple(range(200, 200 + len(word))))
    assert [t for t in pieces.tokens if t != NO_TOKEN] == list(range(len(seen.tokens)))
    marked = [line for line in pieces.lines if line != NO_TOKEN]
    assert marked == list(range(len(seen.lines)))
    assert pieces.ids.count(LINE_MARK) == len(marked)
    lengths = {len(pieces.ids), len(pieces.features), len(pieces.flags), len(pieces.tokens)}
    assert lengths == {len(pieces.lines)}


def test_a_long_word_is_known_by_its_first_pieces():
    _, pieces = read(lambda _: tuple(range(200, 230)))
    assert pieces.ids.count(200) == sum(t != NO_TOKEN for t in pieces.tokens)
    assert 200 + MOST_PIECES not in pieces.ids


def test_a_word_without_pieces_is_unknown():
    _, pieces = read(lambda _: ())
    assert set(pieces.ids) <= {LINE_MARK, BULLET_MARK, UNKNOWN}


def test_features_and_flags_are_within_their_tables():
    _, pieces = read(lambda _: (200,))
    for row in pieces.features:
        assert len(row) == len(FEATURES)
        assert all(0 <= value < count for value, (_, count) in zip(row, FEATURES, strict=True))
    assert {flag for row in pieces.flags for flag in row} <= set(range(FLAGS))


def test_a_year_is_seen_as_a_date_and_lies_under_its_heading():
    seen, pieces = read(lambda _: (200,))
    names = [name for name, _ in FEATURES]
    year = next(n for n, token in enumerate(seen.tokens) if token.text == "2019")
    row = pieces.features[pieces.tokens.index(year)]
    assert row[names.index("date")] == 2  # of a period
    assert row[names.index("under")] > 0
