"""A picture of a page, as OCR takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageFilter

#: Width of a page whose picture does not say how large it is, in points.
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0

#: The paper is looked at in parts, so many across and down; a reduced picture shows it between the
#: letters. Where its darkest part has less than this of the light of its brightest, it is shaded.
_PARTS, _REDUCED, _LETTER = 8, 8, 5
_EVEN = 0.85


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, a byte a pixel, row by row without padding."""

    pixels: bytes
    width: int
    height: int
    dpi: float

    @classmethod
    def of_image(cls, image: Image.Image) -> Self:
        """Any image; a page of A4 is assumed, as what cameras and screens say is not its size."""
        grey = image if image.mode == "L" else on_white(image).convert("L")
        long, short = max(grey.size), min(grey.size)
        dpi = max(long * 72 / _A4_HEIGHT, short * 72 / _A4_WIDTH)
        return cls(grey.tobytes(), grey.width, grey.height, dpi)

    @property
    def image(self) -> Image.Image:
        """The same as an image."""
        return Image.frombytes("L", (self.width, self.height), self.pixels)

    @property
    def is_shaded(self) -> bool:
        """Whether the paper is darker in one part than in another, as in a photo."""
        paper = self.image.reduce(_REDUCED).filter(ImageFilter.MaxFilter(_LETTER))
        parts = paper.resize((_PARTS, _PARTS), Image.Resampling.BOX).tobytes()
        return min(parts) < _EVEN * max(parts)

    def turned(self, degrees: float) -> Picture:
        """The picture turned clockwise, large enough to hold all of it."""
        image = self.image.rotate(
            -degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        return Picture(image.tobytes(), image.width, image.height, self.dpi)

    def scaled(self, factor: float) -> Picture:
        """The picture with more or fewer pixels for the same page."""
        size = (max(1, round(self.width * factor)), max(1, round(self.height * factor)))
        image = self.image.resize(size, Image.Resampling.LANCZOS)
        return Picture(image.tobytes(), image.width, image.height, self.dpi * factor)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * 72 / self.dpi, self.height * 72 / self.dpi


def on_white(image: Image.Image) -> Image.Image:
    """Transparent parts show the paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    with_alpha = image.convert("RGBA")
    paper = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(paper, with_alpha)
