from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader

from resume_processor.layout.lines import LineRole


def texts(document):
    return [line.text for line in document.lines]


def test_words_carry_box_size_weight_slant_and_colour(read, pdf, put):
    def draw(c):
        c.setFillColor(Color(1, 0, 0))
        put(c, 72, 700, "Mira Okafor", font="Helvetica-Bold", size=20)
        c.setFillColor(black)
        put(c, 72, 670, "Engineer", font="Helvetica-Oblique")

    document = read(pdf(draw))
    name, title = document.lines
    assert (name.text, name.bold, name.size, name.words[0].color) == (
        "Mira Okafor",
        True,
        20.0,
        0xFF0000,
    )
    assert title.words[0].italic
    assert not title.bold
    assert name.box.x0 == pytest.approx(72, abs=1)
    assert name.words[0].box.y0 < 842 - 700 < name.words[0].box.y1


def test_size_counts_after_the_matrix(read, pdf):
    def draw(c):
        c.scale(2, 2)
        c.setFont("Helvetica", 6)
        c.drawString(40, 300, "Twelve points")

    assert read(pdf(draw)).lines[0].size == 12.0


def test_two_columns_are_read_one_after_the_other_below_the_header(read, pdf, put):
    def draw(c):
        put(c, 60, 790, "Mira Okafor, platform engineer in Lagos", size=22)
        for row in range(12):
            put(c, 60, 740 - 13 * row, f"left line {row} of the narrow side")
        for row in range(14):
            put(c, 300, 737 - 14 * row, f"right line {row} with a sentence that goes on", size=9)

    document = read(pdf(draw))
    lines = texts(document)
    assert lines[0].startswith("Mira")
    assert lines[1:13] == [f"left line {row} of the narrow side" for row in range(12)]
    assert lines[13].startswith("right line 0")
    assert {line.column for line in document.lines[1:13]} == {0}
    assert {line.column for line in document.lines[13:]} == {1}


def test_three_columns(read, pdf, put):
    def draw(c):
        for column, x in enumerate((50, 230, 410)):
            for row in range(9):
                put(c, x, 700 - (12 + column) * row, f"c{column} row {row} text here")

    lines = texts(read(pdf(draw)))
    assert [line[:2] for line in lines] == ["c0"] * 9 + ["c1"] * 9 + ["c2"] * 9


def test_dates_at_the_right_margin_belong_to_their_line(read, pdf, put):
    def draw(c):
        for place, (title, dates) in enumerate(
            (("Engineer, Acme", "2019 - 2021"), ("Analyst, Umbra", "2015 - 2019"))
        ):
            y = 700 - 60 * place
            put(c, 60, y, title, font="Helvetica-Bold")
            c.drawRightString(540, y, dates)
            put(c, 60, y - 14, "Kept the service up and wrote what was missing from its tests.")

    lines = texts(read(pdf(draw)))
    assert lines[0] == "Engineer, Acme 2019 - 2021"
    assert lines[2] == "Analyst, Umbra 2015 - 2019"


def test_a_heading_in_the_margin_is_a_line_of_its_own(read, pdf, put):
    def draw(c):
        put(c, 60, 700, "Experience", font="Helvetica-Bold", size=14)
        put(c, 180, 700, "Acme Works")
        for row in range(1, 5):
            put(c, 180, 700 - 14 * row, f"line {row} of what was done there")

    assert texts(read(pdf(draw)))[:2] == ["Experience", "Acme Works"]


def test_ruled_table_is_read_cell_by_cell(read, pdf, put):
    rows = (
        ("Degree", "School", "Year"),
        ("BSc", "North College", "2011"),
        ("MSc", "South University", "2013"),
    )

    def draw(c):
        c.grid([60, 160, 340, 420], [700, 660, 620, 580])
        for row, cells in enumerate(rows):
            for x, text in zip((65, 165, 345), cells, strict=True):
                head, _, tail = text.partition(" ")
                put(c, x, 685 - 40 * row, head)
                if tail:
                    put(c, x, 672 - 40 * row, tail)

    document = read(pdf(draw))
    assert texts(document)[3:7] == ["BSc", "North", "College", "2011"]
    year = document.lines[6].cell
    assert (year.row, year.column, year.header) == (1, 2, "Year")


@pytest.mark.parametrize("marker", ["\u2022", "-", "o", "1.", "(a)", "\u00bb"])
def test_bullets_are_taken_off(read, pdf, put, marker):
    document = read(pdf(lambda c: put(c, 60, 700, f"{marker} wrote tests")))
    line = document.lines[0]
    assert (line.text, line.bullet, line.role) == ("wrote tests", marker, LineRole.LIST_ITEM)


def test_letter_spaced_name_is_joined(read, pdf):
    def draw(c):
        c.setFont("Helvetica", 18)
        c.drawString(60, 700, "M I R A   O K A F O R")

    assert texts(read(pdf(draw))) == ["MIRA OKAFOR"]


def test_words_set_glyph_by_glyph_keep_their_spaces(read, pdf):
    def draw(c):
        c.setFont("Times-Roman", 10)
        for row, text in enumerate(["managed the whole platform", "and wrote its many tools"] * 4):
            x = 60.0
            for letter in text:
                width = c.stringWidth(letter, "Times-Roman", 10)
                if letter == " ":
                    x += 1.2  # tighter than PDFium takes for a space
                else:
                    c.drawString(x, 700 - 14 * row, letter)
                    x += width - 0.35
        c.showPage()

    assert texts(read(pdf(draw)))[:2] == ["managed the whole platform", "and wrote its many tools"]


def test_links_keep_text_and_target(read, pdf, put):
    def draw(c):
        put(c, 60, 700, "my profile")
        c.linkURL("https://example.org/mira", (58, 696, 120, 712))
        put(c, 60, 680, "elsewhere")

    first, second = read(pdf(draw)).lines
    assert {word.link for word in first.words} == {"https://example.org/mira"}
    assert second.words[0].link is None


def test_turned_page_is_read_upright(read, pdf, put):
    def draw(c):
        c.rotate(90)
        put(c, 100, -200, "Mira Okafor")
        put(c, 100, -220, "platform engineer")

    document = read(pdf(draw))
    assert texts(document) == ["Mira Okafor", "platform engineer"]
    assert document.pages[0].width > document.pages[0].height


def test_running_headers_and_page_numbers_are_furniture(read, pdf, put):
    def draw(c):
        for page in (1, 2, 3):
            put(c, 60, 810, "Mira Okafor - Resume")
            for row in range(20):
                put(c, 60, 740 - 20 * row, f"sentence {row} of page {page} about work")
            put(c, 280, 30, f"Page {page} of 3")
            c.showPage()

    document = read(pdf(draw))
    roles = {(line.page, line.role) for line in document.lines if line.role is not LineRole.BODY}
    assert (1, LineRole.PAGE_HEADER) not in roles
    assert {(2, LineRole.PAGE_HEADER), (3, LineRole.PAGE_HEADER)} <= roles
    assert {(page, LineRole.PAGE_FOOTER) for page in (1, 2, 3)} <= roles


def _picture(color):
    buffer = io.BytesIO()
    Image.new("RGB", (50, 20), color).save(buffer, "PNG")
    return ImageReader(io.BytesIO(buffer.getvalue()))


def _white_on_white(c, put):
    c.setFillColor(white)
    put(c, 60, 500, "kubernetes golang")


def _transparent(c, put):
    c.setFillAlpha(0)
    put(c, 60, 500, "kubernetes golang")


def _invisible_mode(c, put):
    text = c.beginText(60, 500)
    text.setFont("Helvetica", 10)
    text.setTextRenderMode(3)
    text.textLine("kubernetes golang")
    c.drawText(text)


def _tiny(c, put):
    put(c, 60, 500, "kubernetes golang", size=1)


def _off_the_page(c, put):
    put(c, 60, -300, "kubernetes golang")


def _under_a_picture(c, put):
    put(c, 60, 500, "kubernetes golang")
    c.drawImage(_picture("gray"), 50, 490, 200, 30)


def _in_the_colour_of_its_box(c, put):
    c.setFillColor(Color(0.2, 0.2, 0.6))
    c.rect(50, 490, 200, 30, stroke=0, fill=1)
    put(c, 60, 500, "kubernetes golang")


@pytest.mark.parametrize(
    "hide",
    [
        _white_on_white,
        _transparent,
        _invisible_mode,
        _tiny,
        _off_the_page,
        _under_a_picture,
        _in_the_colour_of_its_box,
    ],
)
def test_text_that_nobody_sees_is_kept_out_and_reported(read, pdf, put, hide):
    def draw(c):
        put(c, 60, 700, "Mira Okafor, who writes Python and reads everything she can find today")
        hide(c, put)

    document = read(pdf(draw))
    assert "kubernetes" not in document.text
    assert "Mira Okafor" in document.text
    (warning,) = document.warnings
    assert (warning.code, warning.page, warning.words) == ("hidden_text", 1, 2)


def test_white_text_on_a_dark_side_bar_is_seen(read, pdf, put):
    def draw(c):
        c.setFillColor(Color(0.1, 0.1, 0.3))
        c.rect(0, 0, 200, 842, stroke=0, fill=1)
        c.setFillColor(white)
        put(c, 20, 700, "Mira Okafor")

    document = read(pdf(draw))
    assert texts(document) == ["Mira Okafor"]
    assert document.warnings == ()


def test_text_layer_under_a_scan_is_no_hidden_text(read, pdf):
    def draw(c):
        c.drawImage(_picture("lightgray"), 0, 0, 595, 842)
        text = c.beginText(60, 700)
        text.setFont("Helvetica", 10)
        text.setTextRenderMode(3)
        text.textLine("Mira Okafor, platform engineer, Lagos, with enough words to be a page")
        c.drawText(text)

    document = read(pdf(draw))
    assert "Mira Okafor" in document.text
    assert document.warnings == ()


def test_hyphenated_word_at_a_line_end_stays_in_its_lines(read, pdf, put):
    def draw(c):
        put(c, 60, 700, "She built a platform for con\u00ad")
        put(c, 60, 686, "tainers of every kind")

    lines = texts(read(pdf(draw)))
    assert len(lines) == 2
    assert lines[1].startswith("tainers")


def test_same_bytes_same_document(read, pdf, put):
    data = pdf(lambda c: [put(c, 60, 700 - 12 * n, f"line {n}") for n in range(30)])
    assert read(data) == read(data)
