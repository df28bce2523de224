"""Pictures as people send them: crooked, turned, badly lit, of many pages."""

from __future__ import annotations

import io
import os
import threading
from collections import Counter
from pathlib import Path

import pytest
import reportlab
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


TEXTS = {
    "French": """Hélène Lefèvre-Dubois
12, rue des Érables, 69003 Lyon — helene.lefevre@example.org
Expérience professionnelle
Ingénieure d'études, Société Générale d'Équipement, depuis février 2019
Développé des systèmes intégrés de gestion pour l'hôpital
Chargée de clientèle, Crédit du Sud, août 2014 à décembre 2018
Formation
Maîtrise en génie électrique, École supérieure d'ingénieurs de Besançon""",
    "Spanish": """José Ángel Muñoz Ibáñez
Calle Peñón 7, 41001 Sevilla — jose.munoz@example.org
Experiencia laboral
Técnico de administración, Compañía Española de Baños, enero de 2017 - actualidad
Gestión de nóminas y atención al público; diseño de campañas
Formación académica
Licenciatura en Económicas, Universidad de Córdoba, 2010 - 2014""",
    "Portuguese": """João Conceição Magalhães
Rua da Esperança 9, 4000-123 Porto — joao.magalhaes@example.org
Experiência profissional
Gestão de operações, Fundação São João, março de 2016 até hoje
Coordenação de formações e avaliação de fornecedores
Formação académica
Licenciatura em Gestão, Universidade de Évora, 2008 - 2012""",
    "German": """Jürgen Großmann
Königstraße 5, 70173 Stuttgart
Berufserfahrung
Geschäftsführer für Qualitätssicherung, Bäckerei Höß GmbH, März 2015 bis heute
Ausbildung zum Kaufmann für Büromanagement, Universität Köln, mit Auszeichnung""",
}


def drawn(text: str) -> Image.Image:
    lines = text.splitlines()
    page = Image.new("L", (1654, 120 + 60 * len(lines)), 255)
    font = ImageFont.truetype(Path(reportlab.__file__).with_name("fonts") / "Vera.ttf", 30)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((100, 60 + 60 * number), line, fill=0, font=font)
    return page


@pytest.mark.parametrize("language", TEXTS)
def test_accents_are_kept(language):
    (read,) = read_pictures([Picture.of_image(drawn(TEXTS[language]))])
    words = Counter("".join(word.text for word in read.words))
    wanted = Counter("".join(TEXTS[language].split()))
    assert (wanted - words).total() <= 2, wanted - words


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
    both, recognise = threading.Barrier(2), engine.recognise

    def met(picture, **how):
        both.wait(60)  # raises where there is but one thread
        return recognise(picture, **how)

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with monkeypatch.context() as watched:
        watched.setattr(engine, "recognise", met)
        at_once = read_pictures(pictures)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert read_pictures(pictures) == at_once


@pytest.mark.parametrize(("degrees", "fits"), [(0.0, True), (3.0, False), (180.0, False)])
def test_a_picture_is_shown_where_the_words_stand_on_it(degrees, fits):
    (page,) = pages_of(as_jpeg(turned(degrees)), Limits())
    assert page["pictured"] is fits
