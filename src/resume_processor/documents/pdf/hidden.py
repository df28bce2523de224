"""Text that nobody can see: found by cheap signs, then proved by drawing the page without it.

Sure at once: under 2 points, off the page. Everything else (white on white, transparent, drawn in
no mode, covered, the colour of its background) is only suspected: the page is drawn with and
without the suspects, and where nothing changes nobody saw anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.open import Handle
from resume_processor.documents.pdf.render import changes_without, has_ink_without
from resume_processor.documents.pdf.shapes import Drawing, Shape, ShapeKind
from resume_processor.documents.pdf.styles import Style
from resume_processor.documents.pdf.words import PlacedWord
from resume_processor.layout.boxes import Box

#: Smaller text, in points, cannot be read.
_SMALLEST = 2.0
#: A channel's value (0..255) from which on a colour is suspected to vanish on paper.
_PALE = 0xD8
#: Opacity (0..255) below which text is suspected to vanish.
_FAINT = 96
#: Colours whose channels differ by less look the same.
_ALIKE = 48
#: Nothing hides behind a shape of fewer points than this: bullets, thick rules.
_SMALLEST_COVER = 7.0
#: Place in the order of painting of text whose place is not known.
_LAST = 1 << 30
#: A picture of this part of the page is a scan, and the text with it what a machine read on it.
_SCAN = 0.5


def visible_words(
    page: Handle, words: Sequence[PlacedWord], drawing: Drawing, frame: Frame
) -> tuple[list[PlacedWord], int]:
    """The words that can be seen, and how many cannot."""
    scans = [shape for shape in drawing.shapes if _is_scan(shape, frame)]
    width, height = frame.width, frame.height
    unseen = {i for i, word in enumerate(words) if _is_unseen(word, 2 * width, 2 * height)}
    suspects = [
        i for i in _Doubt(drawing).places(words) if i not in unseen and not _inside(words[i], scans)
    ]
    unseen.update(_proved(page, frame, words, drawing, suspects))
    if not unseen:
        return list(words), 0
    return [word for i, word in enumerate(words) if i not in unseen], len(unseen)


def _proved(
    page: Handle,
    frame: Frame,
    words: Sequence[PlacedWord],
    drawing: Drawing,
    suspects: Sequence[int],
) -> Iterator[int]:
    """Those suspects that the page looks the same without.

    Text without ink of its own is seen where something else draws it: a scan, or letters as paths.
    """
    if not suspects:
        return
    boxes = [words[i].word.box for i in suspects]
    texts = {words[i].address: None for i in suspects if words[i].address in drawing.text_order}
    changed = changes_without(page, frame, boxes, texts)
    vanished = [i for i, change in zip(suspects, changed, strict=True) if not change]
    inkless = [i for i in vanished if _is_inkless(words[i])]
    yield from (i for i in vanished if not _is_inkless(words[i]))
    if inkless:
        boxes = [words[i].word.box for i in inkless]
        drawn = has_ink_without(page, frame, boxes, drawing.text_order)
        yield from (i for i, ink in zip(inkless, drawn, strict=True) if not ink)


def _is_inkless(word: PlacedWord) -> bool:
    return word.style.invisible or word.style.alpha < _FAINT


def _is_scan(shape: Shape, frame: Frame) -> bool:
    area = max(frame.width * frame.height, 1.0)
    return shape.kind is ShapeKind.PICTURE and shape.box.width * shape.box.height >= _SCAN * area


def _inside(word: PlacedWord, shapes: Sequence[Shape]) -> bool:
    return any(_covers(shape.box, word.word.box) for shape in shapes)


def _covers(box: Box, word: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, word.middle
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _is_unseen(word: PlacedWord, twice_width: float, twice_height: float) -> bool:
    box = word.word.box
    return (
        word.style.size < _SMALLEST
        or not 0 <= box.x0 + box.x1 <= twice_width
        or not 0 <= box.y0 + box.y1 <= twice_height
    )


class _Doubt:
    """What on the page may hide a word, prepared once for all its words."""

    def __init__(self, drawing: Drawing) -> None:
        self._order = drawing.text_order
        self._shapes = [shape for shape in drawing.shapes if _may_hide(shape)]
        first = min(self._order.values(), default=_LAST)
        self._later = [s for s in self._shapes if s.order > first]
        self._last = max((s.order for s in self._later), default=-1)
        self._alike: dict[int, list[Shape]] = {}

    def places(self, words: Sequence[PlacedWord]) -> list[int]:
        """Places of the words that may be hidden."""
        if self._last >= 0:
            return [place for place, word in enumerate(words) if self._suspects(word)]
        plain = {style for style in {word.style for word in words} if self._is_plain(style)}
        return [
            place
            for place, word in enumerate(words)
            if word.style not in plain and self._suspects(word)
        ]

    def _is_plain(self, style: Style) -> bool:
        """Whether text of this look is seen wherever nothing is painted over it."""
        if style.invisible or style.alpha < _FAINT or _is_pale(style.color):
            return False
        return not self._alike_to(style.color)

    def _suspects(self, word: PlacedWord) -> bool:
        style = word.style
        if style.invisible or style.alpha < _FAINT:
            return True
        order = self._order.get(word.address, _LAST)
        if order < self._last and self._is_covered(word, order):
            return True
        pale = _is_pale(style.color)
        if not pale and not any(_covers(s.box, word.word.box) for s in self._alike_to(style.color)):
            return False
        below = self._beneath(word, order)
        return not _contrasts(below, style.color) if below else pale

    def _alike_to(self, color: int) -> list[Shape]:
        """The fills in which text of this colour vanishes."""
        alike = self._alike.get(color)
        if alike is None:
            fills = [s for s in self._shapes if s.kind is ShapeKind.FILL]
            alike = self._alike[color] = [s for s in fills if _alike(s.color, color)]
        return alike

    def _is_covered(self, word: PlacedWord, order: int) -> bool:
        box = word.word.box
        x, y = (box.x0 + box.x1) / 2, box.middle
        for shape in self._later:
            if shape.order > order:
                around = shape.box
                if around.x0 <= x <= around.x1 and around.y0 <= y <= around.y1:
                    return True
        return False

    def _beneath(self, word: PlacedWord, order: int) -> Shape | None:
        """The shape directly beneath the word."""
        below = [s for s in self._shapes if s.order < order and _covers(s.box, word.word.box)]
        return max(below, key=lambda s: s.order, default=None)


def _may_hide(shape: Shape) -> bool:
    if shape.box.width < _SMALLEST_COVER or shape.box.height < _SMALLEST_COVER:
        return False
    return shape.kind is ShapeKind.PICTURE or shape.alpha >= _FAINT


def _contrasts(shape: Shape, color: int) -> bool:
    """Whether the shape is a plain fill of quite another colour."""
    return shape.kind is ShapeKind.FILL and not _alike(shape.color, color)


def _is_pale(color: int) -> bool:
    return min(color >> 16, color >> 8 & 0xFF, color & 0xFF) >= _PALE


def _alike(one: int, other: int) -> bool:
    return all(abs((one >> s & 0xFF) - (other >> s & 0xFF)) < _ALIKE for s in (16, 8, 0))
