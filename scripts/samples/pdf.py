"""Themes as PDF: one column, a side bar, and stacked entries."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from scripts.samples.content import Person

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=12.5)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
RIGHT = ParagraphStyle("right", parent=BODY, alignment=2)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=10, bulletIndent=0)
NAME = ParagraphStyle("name", parent=BODY, fontName="Helvetica-Bold", fontSize=20, leading=25)
LABEL = ParagraphStyle("label", parent=BODY, fontSize=12, leading=16)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Helvetica-Bold", fontSize=12, leading=16,
                         spaceBefore=8, textColor=colors.HexColor("#1d4e89"))  # fmt: skip
MAIN = ("work", "education", "projects", "publications", "volunteer", "awards", "references")
ASIDE = ("skills", "languages", "certificates", "interests")


def _text(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(text), style)


def _item(text: str) -> Paragraph:
    return Paragraph(escape(text), ITEM, bulletText="•")


def _heading(person: Person, section: str) -> list[Flowable]:
    rule = HRFlowable(width="100%", thickness=0.5, color=colors.HexColor("#1d4e89"))
    return [_text(person.heading(section), HEADING), rule, Spacer(1, 3)]


def _row(left: str, right: str, width: float) -> Flowable:
    row = Table([[_text(left, BOLD), _text(right, RIGHT)]], [width - 45 * mm, 45 * mm])
    padding = {"LEFTPADDING": 0, "RIGHTPADDING": 0, "TOPPADDING": 2, "BOTTOMPADDING": 0}
    flush = [(name, (0, 0), (-1, -1), points) for name, points in padding.items()]
    row.setStyle(TableStyle(flush))
    return row


def _entries(person: Person, section: str, width: float, *, stacked: bool) -> list[Flowable]:
    flow: list[Flowable] = []
    for entry in person.resume[section]:
        first, second = _entry_lines(section, entry)
        if stacked:
            flow += [_text(second, BOLD), _text(first), _text(person.period(entry))]
        else:
            flow += [_row(first, person.period(entry), width), _text(second)]
        flow += [_item(text) for text in entry.get("highlights", [])]
        if "score" in entry:
            flow.append(_text(entry["score"]))
        flow.append(Spacer(1, 4))
    return flow


def _entry_lines(section: str, entry: dict[str, str]) -> tuple[str, str]:
    if section == "work":
        return entry["position"], ", ".join([entry["name"], entry["location"]])
    degree = ", ".join(entry[key] for key in ("studyType", "area") if key in entry)
    return degree, entry["institution"]


def _section(person: Person, section: str, width: float, *, stacked: bool) -> list[Flowable]:
    if section in ("work", "education"):
        body = _entries(person, section, width, stacked=stacked)
    elif section == "summary":
        body = [_text(person.resume["basics"]["summary"])]
    elif section == "personal":
        body = [_text(line) for line in person.personal_lines()]
    elif section == "interests":
        body = [_text(", ".join(person.listed(section)))] if person.listed(section) else []
    else:
        body = [_item(line) for line in person.listed(section)]
    return _heading(person, section) + body if body else []


def _head(person: Person) -> list[Flowable]:
    basics = person.resume["basics"]
    return [_text(basics["name"], NAME), _text(basics["label"], LABEL)]


def _build(path: Path, frames: list[Frame], story: list[Flowable]) -> None:
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1, title="Resume")
    document.addPageTemplates(PageTemplate("page", frames))
    document.build(story)


def classic(person: Person, path: Path) -> None:
    """One column, dates at the right; stacked entries in ``stacked``."""
    _one_column(person, path, stacked=False)


def stacked(person: Person, path: Path) -> None:
    """One column, employer above the title above the dates."""
    _one_column(person, path, stacked=True)


def _one_column(person: Person, path: Path, *, stacked: bool) -> None:
    width = A4[0] - 40 * mm
    story = [*_head(person), _text(" | ".join(person.contact()))]
    for section in ("summary", *MAIN[:2], *ASIDE, *MAIN[2:], "personal"):
        story += _section(person, section, width, stacked=stacked)
    frame = Frame(20 * mm, 15 * mm, width, A4[1] - 30 * mm, 0, 0, 0, 0)
    _build(path, [frame], story)


def sidebar(person: Person, path: Path) -> None:
    """Contact, skills and languages in a narrow left column, all else at its right."""
    aside_width, main_width = 55 * mm, A4[0] - 90 * mm
    aside: list[Flowable] = [_text(line) for line in person.contact()]
    for section in (*ASIDE, "personal"):
        aside += _section(person, section, aside_width, stacked=True)
    main = _head(person)
    for section in ("summary", *MAIN):
        main += _section(person, section, main_width, stacked=False)
    height = A4[1] - 30 * mm
    frames = [Frame(12 * mm, 15 * mm, aside_width, height, 0, 0, 0, 0),
              Frame(75 * mm, 15 * mm, main_width, height, 0, 0, 0, 0)]  # fmt: skip
    _build(path, frames, [*aside, FrameBreak(), *main])
