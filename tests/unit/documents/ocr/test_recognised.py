"""What of a line that OCR read is taken for words."""

from __future__ import annotations

import pytest

from resume_processor.documents.ocr.recognised import RecognisedWord, without_noise


def line(*words):
    return [
        RecognisedWord(text, 10.0 * place, 10.0 * place + 9, 20.0, 0.0, 10.0, confidence)
        for place, (text, confidence) in enumerate(words)
    ]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ([("Calle", 96), ("7", 90), ("jo.munoz@example.org", 1)], "Calle 7 jo.munoz@example.org"),
        ([("Mira", 96), ("°~", 5), ("Vogel", 96)], "Mira Vogel"),
        ([("Mira", 96), ("ie", 40), ("Vogel", 96)], "Mira Vogel"),  # an icon
        ([("of", 60), ("2019", 30)], "of 2019"),
        ([("Pelkoa", 4), ("mmr", 12), ("wwwm", 9)], ""),  # a portrait
        ([], ""),
    ],
)
def test_noise_is_left_out_and_doubtful_words_between_sure_ones_stay(read, kept):
    assert " ".join(word.text for word in without_noise(line(*read))) == kept
