"""Redacted copies: whoever looks into one, by whatever means, does not find the person."""

import base64
import io
import re
import zlib

import pypdfium2 as pdfium
import pytest
from docx import Document
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from resume_processor.documents.limits import Limits
from resume_processor.errors import Conflict
from resume_processor.resume.blind import blind_label
from resume_processor.runtime.untrusted import pages_of
from resume_processor.workflow.correct_resume import Word, correct_resume
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.redact_resume import redacted_copy

PAGES = (
    """Quirina Zwolfbach
Gardener
quirina.zwolfbach@example.org | +44 20 7946 0018 | Leeds, United Kingdom
linkedin.com/in/quizwolf | github.com/quizwolf | www.zwolfbach.example
Date of birth: 12 March 1991 | Nationality: Norwegian

Summary
Quirina led a team of four; ask Ms. Zwolfbach or call 020 7946 0019.

Experience
Head Gardener, Example Nurseries, Leeds
Jan 2019 - Mar 2023
- Q. Zwolfbach planned the pruning of 4000 trees
- Wrote Zwolfbach_Quirina_CV.pdf with tips, see @quizwolf
Gardener, Sample Parks, York
Jun 2015 - Dec 2018
- Pruning and planting
""",
    """Quirina Zwolfbach - Page 2 of 2

Education
BSc Botany, University of Sampletown, 2012 - 2015

Skills
Pruning, Planting, Soil science

Languages
English (native), German (B2)
""",
)
FORBIDDEN = (
    *("quirina", "zwolfbach", "quizwolf", "example.org", "linkedin.com", "github"),
    *("norwegian", "sampletown", "secretphoto"),
)
#: Looked for in the text only: a PDF is full of numbers of its own.
NUMBERS = ("7946", "0018", "0019", "1991")
KEPT = ("Head Gardener", "Pruning", "4000 trees", "Jan 2019", "Soil science", "German")


def photo():
    out = io.BytesIO()
    image = Image.new("RGB", (60, 60), "orange")
    exif = image.getexif()
    exif[0x010E] = "secretphoto of Quirina"
    image.save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def a_pdf():
    """With the person in its metadata, links, a picture, white text and a bookmark."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle("CV of Quirina Zwolfbach")
    canvas.setAuthor("Quirina Zwolfbach")
    canvas.setKeywords(["zwolfbach"])
    for number, page in enumerate(PAGES):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Quirina {number}", f"p{number}")
        lines = canvas.beginText(50, 790)
        for line in page.splitlines():
            lines.textLine(line)
        canvas.drawText(lines)
        canvas.linkURL("mailto:quirina.zwolfbach@example.org", (50, 700, 300, 800))
        canvas.drawImage(ImageReader(photo()), 480, 740)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 40, "Zwolfbach Quirina white on white")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def a_docx():
    out, document = io.BytesIO(), Document()
    document.core_properties.author = "Quirina Zwolfbach"
    document.sections[0].header.paragraphs[0].text = "Quirina Zwolfbach"
    document.add_picture(photo())
    for page in PAGES:
        for line in page.splitlines():
            document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def a_page(text):
    rows = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    head = '<title>Quirina Zwolfbach</title><meta name="author" content="Quirina Zwolfbach">'
    link = '<a href="https://linkedin.com/in/quizwolf">Quirina</a>'
    return f"<html><head>{head}</head><body>{rows}{link}</body></html>".encode()


FILES = {
    "pdf": a_pdf,
    "docx": a_docx,
    "html": lambda: a_page("".join(PAGES)),
    "txt": lambda: "".join(PAGES).encode(),
}


@pytest.fixture
def redact(parts, upload):
    """The redacted copy of a file that was processed, and its record."""

    def do(data):
        record = upload(data)
        assert process_resume(record.id, parts, owner="me")
        pages = pages_of(data, Limits())
        return redacted_copy(record, pages, parts), record, pages

    return do


def extracted(pdf):
    """What PDFium finds: text, links, pictures, metadata, bookmarks."""
    document = pdfium.PdfDocument(pdf)
    text = [page.get_textpage().get_text_range() for page in document]
    kinds = {one.type for page in document for one in page.get_objects()}
    assert pdfium.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    said = [*text, *document.get_metadata_dict().values()]
    assert list(document.get_toc()) == []
    assert document.count_attachments() == 0
    document.close()
    return "\n".join(said)


def unpacked(pdf):
    """Every byte, streams decoded, in every encoding that a string of a PDF may have."""
    pieces = [pdf]
    for found in re.finditer(rb"(?<!end)stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        packed = found[1]
        if packed.strip().endswith(b"~>"):
            packed = base64.a85decode(packed.strip().removeprefix(b"<~")[:-2])
        pieces.append(zlib.decompressobj().decompress(packed))
        assert pieces[-1]
    assert len(pieces) > len(PAGES)
    whole = b"\n".join(pieces)
    return (whole + whole.replace(b"\0", b"")).decode("latin-1").casefold()


@pytest.mark.parametrize("kind", FILES)
def test_the_person_is_nowhere_in_it_and_the_work_is(redact, kind):
    data = FILES[kind]()
    copy, record, pages = redact(data)
    text = extracted(copy)
    seen = " ".join(text.split())
    for word in KEPT:
        assert word in seen
    assert blind_label(record.id) in text
    everything = text.casefold() + unpacked(copy)
    hexadecimal = copy.decode("latin-1").casefold()
    assert not [number for number in NUMBERS if number in text]
    for word in FORBIDDEN:
        assert word not in everything, word
        assert word.encode().hex() not in hexadecimal
        assert word.encode("utf-16-be").hex() not in hexadecimal
    assert b"/Annots" not in copy
    assert b"/Subtype /Image" not in copy
    assert len(pdfium.PdfDocument(copy)) == len(pages)


def test_a_hidden_word_is_a_bar_and_others_stand_where_they_stood(redact):
    copy, _, pages = redact(a_pdf())
    document = pdfium.PdfDocument(copy)
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    words = {word["text"]: word["box"] for word in pages[0]["words"]}

    def middle(text):
        x0, y0, x1, y1 = (2 * number for number in words[text])
        return picture.crop((int(x0) + 1, int(y0) + 1, int(x1) - 1, int(y1) - 1))

    assert middle("Zwolfbach_Quirina_CV.pdf").getextrema() == ((196, 196), (201, 201), (210, 210))
    darkest = min(low for low, _ in middle("Summary").getextrema())
    assert darkest < 90


def test_the_same_file_gives_the_same_bytes(redact, parts):
    data = FILES["txt"]()
    copy, record, pages = redact(data)
    assert redacted_copy(record, pages, parts) == copy


def test_without_a_name_there_is_no_copy_until_somebody_says_it(parts, upload):
    data = (
        b"Experience\n\nGardener, Example Nurseries\nJan 2019 - Mar 2023\n"
        b"- Pruned the old trees of zwolfbach with a team\n"
    )
    record = upload(data)
    process_resume(record.id, parts, owner="me")
    result = parts.storage.get_result(record.id)
    assert result is not None
    assert "name" not in result["resume"].get("basics", {})
    pages = pages_of(data, Limits())
    with pytest.raises(Conflict, match="name"):
        redacted_copy(record, pages, parts)
    word = Word("/basics/name", "Quirina Zwolfbach", "Kim")
    correct_resume(record.id, word, "default", parts)
    assert "zwolfbach" not in extracted(redacted_copy(record, pages, parts))


def test_letters_that_the_fonts_lack(redact):
    person = PAGES[0].replace("Example Nurseries", "Zażółć Гарден").replace("4000 trees", "\u2063x")
    text = extracted(redact(person.encode())[0])
    assert "Zazółć ??????" in text, text
