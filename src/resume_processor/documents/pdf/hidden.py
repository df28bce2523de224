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
#: Place in the order of painting of text whose place is not known.
_LAST = 1 << 30
#: A picture of this part of the page is a scan, and the text with it what a machine read on it.
_SCAN = 0.5


def visible_words(
    page: Handle, words: Sequence[PlacedWord], drawing: Drawing, frame: Frame
) -> tuple[list[PlacedWord], int]:
    """The words that can be seen, and how many cannot."""
    scans = [shape for shape in drawing.shapes if _is_scan(shape, frame)]
    unseen = {i for i, word in enumerate(words) if _is_unseen(word, frame)}
    suspects = [
        i for i in _suspects(words, drawing) if i not in unseen and not _inside(words[i], scans)
    ]
    unseen.update(_proved(page, frame, words, drawing, suspects))
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
    handles = {words[i].address: drawing.texts.get(words[i].address) for i in suspects}
    texts = [found[1] for found in handles.values() if found is not None]
    changed = changes_without(page, frame, boxes, texts)
    vanished = [i for i, change in zip(suspects, changed, strict=True) if not change]
    inkless = [i for i in vanished if _is_inkless(words[i])]
    yield from (i for i in vanished if not _is_inkless(words[i]))
    if inkless:
        every_text = [handle for _, handle in drawing.texts.values()]
        boxes = [words[i].word.box for i in inkless]
        drawn = has_ink_without(page, frame, boxes, every_text)
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


def _is_unseen(word: PlacedWord, frame: Frame) -> bool:
    box = word.word.box
    x, y = (box.x0 + box.x1) / 2, box.middle
    on_page = 0 <= x <= frame.width and 0 <= y <= frame.height
    return word.style.size < _SMALLEST or not on_page


def _suspects(words: Sequence[PlacedWord], drawing: Drawing) -> Iterator[int]:
    """Places of the words whose look, or what is painted around them, may hide them."""
    first = min((order for order, _ in drawing.texts.values()), default=0)
    shapes = [s for s in drawing.shapes if s.alpha >= _FAINT or s.kind is ShapeKind.PICTURE]
    later = [s for s in shapes if s.order > first]
    pale_style: dict[int, bool] = {}
    for place, word in enumerate(words):
        key = word.style.color << 8 | word.style.alpha
        if key not in pale_style:
            pale_style[key] = _is_pale(word.style.color) or word.style.alpha < _FAINT
        if pale_style[key] or word.style.invisible:
            if not _stands_out(word, drawing, shapes):
                yield place
        elif (later and _is_covered(word, drawing, later)) or _melts(word, drawing, shapes):
            yield place


def _order(word: PlacedWord, drawing: Drawing) -> int:
    found = drawing.texts.get(word.address)
    return found[0] if found else _LAST


def _is_covered(word: PlacedWord, drawing: Drawing, later: Sequence[Shape]) -> bool:
    order = _order(word, drawing)
    return any(s.order > order and _covers(s.box, word.word.box) for s in later)


def _beneath(word: PlacedWord, drawing: Drawing, shapes: Sequence[Shape]) -> Shape | None:
    """The shape directly beneath the word."""
    order = _order(word, drawing)
    below = [s for s in shapes if s.order < order and _covers(s.box, word.word.box)]
    return max(below, key=lambda s: s.order, default=None)


def _stands_out(word: PlacedWord, drawing: Drawing, shapes: Sequence[Shape]) -> bool:
    """Whether a pale word lies on a plain fill of quite another colour, with nothing on top."""
    if word.style.alpha < _FAINT or word.style.invisible or _is_covered(word, drawing, shapes):
        return False
    below = _beneath(word, drawing, shapes)
    if below is None or below.kind is ShapeKind.PICTURE:
        return False
    return not _alike(below.color, word.style.color)


def _melts(word: PlacedWord, drawing: Drawing, shapes: Sequence[Shape]) -> bool:
    """Whether something of the word's own colour is beneath it."""
    color = word.style.color
    if not any(s.kind is ShapeKind.FILL and _alike(s.color, color) for s in shapes):
        return False
    below = _beneath(word, drawing, shapes)
    return below is not None and below.kind is ShapeKind.FILL and _alike(below.color, color)


def _is_pale(color: int) -> bool:
    return min(color >> 16, color >> 8 & 0xFF, color & 0xFF) >= _PALE


def _alike(one: int, other: int) -> bool:
    return all(abs((one >> s & 0xFF) - (other >> s & 0xFF)) < _ALIKE for s in (16, 8, 0))
