"""What holds inside a group of RTF, and how control words change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

#: Code pages of Windows' character sets.
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb2312", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_TWIPS = 20.0


class Destination(Enum):
    """Where the text of a group goes."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    MARKER = "marker"  #: the list marker in front of a paragraph
    FONTS = "fonts"
    COLORS = "colors"
    FIELD_CODE = "field_code"
    NOWHERE = "nowhere"


#: Groups by the control word that opens them.
DESTINATIONS = {
    "header": Destination.HEADER, "headerf": Destination.HEADER, "headerr": Destination.HEADER,
    "headerl": Destination.NOWHERE, "footerl": Destination.NOWHERE,
    "footer": Destination.FOOTER, "footerf": Destination.FOOTER, "footerr": Destination.FOOTER,
    "listtext": Destination.MARKER, "pntext": Destination.MARKER,
    "fonttbl": Destination.FONTS, "colortbl": Destination.COLORS,
    "fldinst": Destination.FIELD_CODE,
    "stylesheet": Destination.NOWHERE, "info": Destination.NOWHERE, "pict": Destination.NOWHERE,
    "object": Destination.NOWHERE, "footnote": Destination.NOWHERE, "sp": Destination.NOWHERE,
    "annotation": Destination.NOWHERE, "nonshppict": Destination.NOWHERE,
    "themedata": Destination.NOWHERE, "datastore": Destination.NOWHERE,
    "xe": Destination.NOWHERE, "tc": Destination.NOWHERE, "filetbl": Destination.NOWHERE,
    "listtable": Destination.NOWHERE, "listoverridetable": Destination.NOWHERE,
    "nonesttables": Destination.NOWHERE,
}  # fmt: skip
#: Groups that older readers shall skip, and that are read here.
READ_THOUGH_OPTIONAL = frozenset({"fldinst", "shpinst", "nesttableprops"})


@dataclass(frozen=True, slots=True)
class State:
    """Properties of the group; lengths in points."""

    destination: Destination = Destination.BODY
    font: int = 0
    size: float = 12.0
    bold: bool = False
    italic: bool = False
    color: int = 0  #: number in the table of colours
    background: int = 0  #: as above; 0 is none
    hidden: bool = False
    caps: bool = False
    deleted: bool = False
    skip: int = 1  #: characters that stand in for one given by its Unicode number
    link: str | None = None
    left: float = 0.0
    above: float = 0.0
    below: float = 0.0
    heading: bool = False
    in_table: bool = False


#: Properties that a control word turns on, and off with the number 0.
_TOGGLES = {
    "b": "bold", "i": "italic", "v": "hidden", "caps": "caps", "deleted": "deleted",
    "intbl": "in_table",
}  # fmt: skip
#: Properties that a control word sets to its number, divided by the unit.
_NUMBERS: dict[str, tuple[str, float]] = {
    "fs": ("size", 2.0), "li": ("left", _TWIPS), "sb": ("above", _TWIPS), "sa": ("below", _TWIPS),
}  # fmt: skip
#: Properties that a control word sets to its number.
_INDEXES = {
    "f": "font", "cf": "color", "cb": "background", "chcbpat": "background", "cbpat": "background",
    "highlight": "background",
}  # fmt: skip


def with_word(state: State, word: str, number: int | None) -> State:
    """The state after a control word that sets a property; the same where it sets none."""
    if word in _TOGGLES:
        return _with(state, _TOGGLES[word], number != 0)
    if word in _NUMBERS:
        name, unit = _NUMBERS[word]
        return _with(state, name, (number or 0) / unit)
    if word in _INDEXES:
        return _with(state, _INDEXES[word], number or 0)
    if word == "uc":
        return replace(state, skip=max(0, min(number or 0, 8)))
    if word == "outlinelevel":
        return replace(state, heading=True)
    return _reset(state, word)


def _with(state: State, name: str, value: object) -> State:
    changes: dict[str, Any] = {name: value}
    return replace(state, **changes)


def _reset(state: State, word: str) -> State:
    """The state after a word that sets properties back to what they are without any."""
    if word == "plain":
        return State(
            destination=state.destination,
            skip=state.skip,
            link=state.link,
            left=state.left,
            above=state.above,
            below=state.below,
            heading=state.heading,
            in_table=state.in_table,
        )
    if word == "pard":
        return replace(state, left=0.0, above=0.0, below=0.0, heading=False, in_table=False)
    return state


def code_page(charset: int) -> str | None:
    """Name of the encoding of one of Windows' character sets."""
    return _CHARSETS.get(charset)
