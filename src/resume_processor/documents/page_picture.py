"""A page of a file as a picture, for people to look at beside what was read from it."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from resume_processor.documents import media_types
from resume_processor.documents.image import FORMATS, check_size
from resume_processor.documents.limits import Limits
from resume_processor.documents.ocr.picture import on_white
from resume_processor.documents.pdf.page_picture import pdf_page
from resume_processor.documents.sniff import media_type_of
from resume_processor.errors import CorruptDocument, NotFound, TooLarge
from resume_processor.layout.lines import Document, Page

#: Longest side of a picture in pixels: sharp on a large screen, and a few hundred kB.
LONGEST_SIDE = 1_700

#: Formats that bring pages of their own; all others are laid out by the reader.
PICTURED = (media_types.PDF, *FORMATS)

#: How much the shapes of a page and of its picture may differ: rounding to whole pixels.
_SHAPE_TOLERANCE = 0.02


def page_picture(data: bytes, number: int, limits: Limits) -> bytes:
    """Page ``number`` (from 1) as PNG.

    Raises NotFound where there is no such page, or the format has no pages of its own, and
    DocumentErrors.
    """
    media_type = media_type_of(data)
    if media_type == media_types.PDF:
        image = pdf_page(data, number, limits, LONGEST_SIDE)
    elif media_type in FORMATS:
        image = _frame(data, number, limits, FORMATS[media_type])
    else:
        raise NotFound("This format has no pages of its own; ask for the page as .svg.")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def pictured_pages(document: Document, data: bytes, limits: Limits) -> frozenset[int]:
    """Numbers of the pages whose picture shows the words where the reader found them.

    A scan that was turned before it was read has its words where its picture has not.
    """
    if document.media_type not in PICTURED:
        return frozenset()
    turned = {warning.page for warning in document.warnings if warning.code == "read_by_ocr"}
    read_as_picture = document.media_type in FORMATS
    return frozenset(
        page.number
        for page in document.pages
        if not (read_as_picture or page.number in turned) or _fits(page, data, limits)
    )


def _fits(page: Page, data: bytes, limits: Limits) -> bool:
    with Image.open(io.BytesIO(page_picture(data, page.number, limits))) as picture:
        shape = picture.width / picture.height
    return abs(page.width / page.height / shape - 1) < _SHAPE_TOLERANCE


def _frame(data: bytes, number: int, limits: Limits, name: str) -> Image.Image:
    """One picture of an image file, upright as the camera says, small enough to be sent."""
    try:
        with warnings.catch_warnings():
            # Our own limit is checked below, before anything is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[name]) as image:
                if not 1 <= number <= getattr(image, "n_frames", 1):
                    raise NotFound("There is no such page.")
                image.seek(number - 1)
                check_size(image, number, limits)
                shown = on_white(ImageOps.exif_transpose(image)).convert("RGB")
    except Image.DecompressionBombError as error:
        raise TooLarge from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise CorruptDocument from error
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return shown
