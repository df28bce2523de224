"""Cuts a document's tokens into the word pieces that the encoder reads.

Each line begins with a mark whose vector stands for the line; a bulleted line has a second one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from resume_processor.parsing.models.piece_features import Row, feature_rows, flag_rows
from resume_processor.parsing.models.view import DocumentView

#: Pieces that the pretrained vocabulary leaves unused stand for a line and for its bullet.
LINE_MARK, BULLET_MARK = 1, 2
UNKNOWN = 100
#: A token is known by its first pieces: long numbers and addresses need no more.
MOST_PIECES = 5
#: Stands where no token begins, and where no line does.
NO_TOKEN = -1


@dataclass(frozen=True, slots=True)
class Pieces:
    """One entry for each piece of a document, in reading order."""

    ids: list[int]
    features: list[Row]  #: class numbers, see ``piece_features.FEATURES``
    flags: list[Row]  #: numbers of the flags that are set
    tokens: list[int]  #: the token that begins with this piece, or ``NO_TOKEN``
    lines: list[int]  #: the line that this mark stands for, or ``NO_TOKEN``


def pieces_of(seen: DocumentView, cut: Callable[[str], tuple[int, ...]]) -> Pieces:
    """The pieces of a document with all that the encoder is told; ``cut`` cuts a word."""
    found = Pieces([], [], [], [], [])
    rows, flags = feature_rows(seen), flag_rows(seen)
    for number, line in enumerate(seen.lines):
        if line.first == line.stop:
            continue
        _add_marks(found, number, bulleted=bool(line.line.bullet), row=rows[line.first])
        for at in range(line.first, line.stop):
            ids = cut(seen.tokens[at].text)[:MOST_PIECES] or (UNKNOWN,)
            found.ids.extend(ids)
            found.features.extend([rows[at]] * len(ids))
            found.flags.extend([flags[at]] * len(ids))
            found.tokens.extend([at] + [NO_TOKEN] * (len(ids) - 1))
            found.lines.extend([NO_TOKEN] * len(ids))
    return found


def _add_marks(found: Pieces, number: int, *, bulleted: bool, row: Row) -> None:
    for mark in (LINE_MARK, BULLET_MARK)[: 1 + bulleted]:
        found.ids.append(mark)
        found.features.append((0, *row[1:]))
        found.flags.append(())
        found.tokens.append(NO_TOKEN)
        found.lines.append(number if mark == LINE_MARK else NO_TOKEN)
