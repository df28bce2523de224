from __future__ import annotations

import pytest

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word
from resume_processor.layout.reading_order import Counters, in_reading_order


def word(text, x, base, size=10.0, **look):
    box = Box(x, base - 0.75 * size, x + 0.5 * size * len(text), base + 0.25 * size)
    return Word(text, box, size, **look)


def row(text, x, base, size=10.0):
    words = []
    for part in text.split():
        words.append(word(part, x, base, size))
        x += 0.5 * size * (len(part) + 1)
    return words


def lines(words, rules=()):
    return in_reading_order(words, page=1, rules=rules, counters=Counters())


def texts(found):
    return [line.text for line in found]


def test_no_words_no_lines():
    assert lines([]) == ()


def test_rows_from_top_to_bottom_whatever_the_order_of_the_stream():
    words = [*row("second row", 50, 120), *row("first row", 50, 100)]
    assert texts(lines(words)) == ["first row", "second row"]


def test_a_gap_begins_a_block():
    words = [w for n, y in enumerate((100, 112, 124, 150, 162)) for w in row(f"row {n}", 50, y)]
    blocks = [line.block for line in lines(words)]
    assert blocks[0] == blocks[1] == blocks[2] != blocks[3] == blocks[4]


def test_superscript_stays_in_its_word():
    words = [word("15", 50, 100), word("th", 60, 96, 6.0), *row("April 1990", 70, 100)]
    assert texts(lines(words)) == ["15th April 1990"]


def test_the_same_word_printed_twice_is_one():
    words = [*row("Bold heading", 50, 100), *row("Bold heading", 50.3, 100)]
    assert texts(lines(words)) == ["Bold heading"]


def test_list_in_two_columns():
    words = []
    for number, y in enumerate((100, 112, 124)):
        words += row(f"• left {number}", 50, y) + row(f"• right {number}", 250, y)
    assert texts(lines(words)) == [f"left {n}" for n in range(3)] + [f"right {n}" for n in range(3)]


def test_separators_in_a_contact_line_are_no_lists():
    words = row("a@example.org • Lagos • example.org", 60, 100) + row("PDF • other", 150, 115)
    assert len(lines(words)) == 2


def test_label_and_value_are_one_line():
    words = []
    for y, label, value in ((100, "Date of birth", ": 1 May 1990"), (114, "Nationality", ": none")):
        words += row(label, 50, y) + row(value, 200, y)
    assert texts(lines(words)) == ["Date of birth : 1 May 1990", "Nationality : none"]


@pytest.mark.parametrize("piece", [3.0, 40.0])
def test_borders_in_pieces_make_one_table(piece):
    rules = []
    for y in (90, 120, 150):
        x = 50.0
        while x < 250:
            rules.append(Box(x, y, min(x + piece, 250), y + 0.5))
            x += piece
    rules += [Box(x, 90, x + 0.5, 150) for x in (50, 150, 249.5)]
    words = [*row("a", 60, 110), *row("b", 160, 110), *row("c", 60, 140), *row("d", 160, 140)]
    found = lines(words, rules)
    assert [(line.text, line.cell.row, line.cell.column) for line in found] == [
        ("a", 0, 0), ("b", 0, 1), ("c", 1, 0), ("d", 1, 1),
    ]  # fmt: skip


def test_frame_around_the_page_is_no_table():
    frame = [
        Box(10, 10, 580, 11),
        Box(10, 800, 580, 801),
        Box(10, 10, 11, 801),
        Box(579, 10, 580, 801),
    ]
    found = lines(row("Mira Okafor", 50, 100), frame)
    assert found[0].cell is None


def test_order_does_not_hang_on_the_order_of_words():
    words = [w for n in range(20) for w in row(f"left {n} text", 50, 100 + 12 * n)]
    words += [w for n in range(20) for w in row(f"right {n} text", 300, 105 + 13 * n)]
    shuffled = words[1::2] + words[::2]
    assert texts(lines(shuffled)) == texts(lines(words))
    assert texts(lines(words))[:20] == [f"left {n} text" for n in range(20)]
