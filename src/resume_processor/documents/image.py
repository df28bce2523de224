"""PNG, JPEG and TIFF: pictures of pages, read by OCR."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from resume_processor.documents import media_types
from resume_processor.documents.limits import Limits
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.ocr.read_pictures import read_pictures
from resume_processor.errors import CorruptDocument, TooLarge
from resume_processor.layout.furniture import with_furniture
from resume_processor.layout.lines import Document, Page
from resume_processor.layout.reading_order import Counters, in_reading_order

#: Names of the formats in Pillow.
FORMATS = {media_types.PNG: "PNG", media_types.JPEG: "JPEG", media_types.TIFF: "TIFF"}


def reader_of(media_type: str) -> Callable[[bytes, Limits], Document]:
    """The reader of one of the image formats."""

    def read(data: bytes, limits: Limits) -> Document:
        return _read_image(data, limits, media_type)

    return read


def _read_image(data: bytes, limits: Limits, media_type: str) -> Document:
    """Raises CorruptDocument or TooLarge (max_pixels, max_pages)."""
    found = read_pictures(_pictures(data, limits, FORMATS[media_type]))
    counters = Counters()
    pages = [
        Page(
            number,
            picture.width,
            picture.height,
            in_reading_order(picture.words, page=number, counters=counters),
            picture.turned,
        )
        for number, picture in enumerate(found, 1)
    ]
    return Document(media_type, with_furniture(pages))


def _pictures(data: bytes, limits: Limits, name: str) -> list[Picture]:
    pictures: list[Picture] = []
    try:
        with warnings.catch_warnings():
            # Our own limit is checked below, before anything is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[name]) as image:
                for frame in ImageSequence.Iterator(image):
                    check_size(frame, len(pictures) + 1, limits)
                    pictures.append(Picture.of_image(ImageOps.exif_transpose(frame)))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(limits) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise CorruptDocument("The image is damaged and cannot be read.") from error
    return pictures


def check_size(frame: Image.Image, number: int, limits: Limits) -> None:
    """Raises TooLarge (max_pixels, max_pages)."""
    if frame.width * frame.height > limits.max_pixels:
        raise _too_many_pixels(limits)
    if number > limits.max_pages:
        raise TooLarge(f"The image has more than {limits.max_pages} pages (max_pages).")


def _too_many_pixels(limits: Limits) -> TooLarge:
    return TooLarge(f"The image has more than {limits.max_pixels} pixels (max_pixels).")
