"""Pictures as people send them: crooked, turned, badly lit, of many pages."""

from __future__ import annotations

import io
import os
import threading

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from resume_processor.documents.limits import Limits
from resume_processor.documents.ocr import engine
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.read_pictures import read_pictures
from resume_processor.documents.read_document import read_document
from resume_processor.runtime.untrusted import pages_of
from tests.integration.invented_resume import as_image, as_pdf, values

PAGES = 4


def turned(degrees: float) -> Image.Image:
    return as_image().rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def photographed() -> Image.Image:
    """A little out of focus, the light falling off to one side, and crooked."""
    page = turned(1.5).filter(ImageFilter.GaussianBlur(0.8))
    light = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda v: 150 + v * 0.4)
    return Image.composite(page, Image.new("L", page.size), light)


def as_jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def from_pdf():
    return values(as_pdf())


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 2.5, 90.0, 180.0, 270.0])
def test_a_page_that_lies_crooked_or_turned_gives_nearly_all(degrees, from_pdf):
    found = values(as_jpeg(turned(degrees)))
    assert sum((found & from_pdf).values()) >= 0.95 * sum(from_pdf.values())


def test_a_photo_gives_nearly_all(from_pdf):
    found = values(as_jpeg(photographed()))
    assert sum((found & from_pdf).values()) >= 0.95 * sum(from_pdf.values())


def numbered(number: int) -> Image.Image:
    """A page with a text of its own."""
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=32)
    for line in range(12):
        text = f"Page {number} line {line}: mended the mill in the year {1980 + 12 * number + line}"
        ImageDraw.Draw(page).text((120, 140 + 90 * line), text, fill=0, font=font)
    return page


def test_pages_are_read_at_once_and_stand_in_their_order():
    first, *others = [numbered(number) for number in range(PAGES)]
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=others)
    document = read_document(buffer.getvalue(), Limits())
    years = [line.text.split()[-1] for line in document.lines]
    assert years == [str(1980 + number) for number in range(12 * PAGES)]
    assert [line.page for line in document.lines] == [
        n + 1 for n in range(PAGES) for _ in range(12)
    ]


def test_threads_change_nothing_of_what_is_read(monkeypatch):
    pictures = [Picture.of_image(numbered(number)) for number in range(PAGES)]
    readers = set()
    recognise = engine.recognise

    def noted(picture, **how):
        readers.add(threading.get_ident())
        return recognise(picture, **how)

    monkeypatch.setattr(engine, "recognise", noted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    at_once = read_pictures(pictures)
    assert len(readers) == 2
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert read_pictures(pictures) == at_once


@pytest.mark.parametrize(("degrees", "fits"), [(0.0, True), (3.0, False), (180.0, False)])
def test_a_picture_is_shown_where_the_words_stand_on_it(degrees, fits):
    (page,) = pages_of(as_jpeg(turned(degrees)), Limits())
    assert page["pictured"] is fits
