"""Words are cut as the published tokeniser of BERT cuts them."""

import pytest

from resume_processor.parsing.models.word_pieces import WordPieces

PIECES = ["[UNK]", "un", "##aff", "##able", "node", ".", "js", "cafe", "c", "+", "年"]
NUMBER = {piece: n for n, piece in enumerate(PIECES)}
cut = WordPieces(PIECES)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("unaffable", ["un", "##aff", "##able"]),  # the longest known beginning each time
        ("UnAffable", ["un", "##aff", "##able"]),
        ("Node.js", ["node", ".", "js"]),  # a mark is a word of its own
        ("C++", ["c", "+", "+"]),
        ("Café", ["cafe"]),  # without accents
        ("ca\u00adfe", ["cafe"]),  # a soft hyphen is no sign
        ("年年", ["年", "年"]),
        ("unknown", ["[UNK]"]),  # one part unknown: all unknown
        ("node unaffable", ["node", "un", "##aff", "##able"]),
        ("", []),
    ],
)
def test_cut(word, pieces):
    assert cut(word) == tuple(NUMBER[piece] for piece in pieces)


def test_an_endless_word_is_unknown():
    assert cut("un" * 60) == (0,)
