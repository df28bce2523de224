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
from resume_processor.layout.lines import Document

#: Longest side of a picture in pixels: sharp on a large screen, and a few hundred kB.
LONGEST_SIDE = 1_700

#: Formats that bring pages of their own; all others are laid out by the reader.
PICTURED = (media_types.PDF, *FORMATS)

#: From so many degrees on words stand half a line beside where the picture shows them.
_CROOKED = 0.5


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


def pictured_pages(document: Document) -> frozenset[int]:
    """Numbers of the pages whose picture shows the words where the reader found them.

    A scan that was turned before it was read has its words where its picture has not.
    """
    if document.media_type not in PICTURED:
        return frozenset()
    return frozenset(page.number for page in document.pages if abs(page.turned) < _CROOKED)


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
