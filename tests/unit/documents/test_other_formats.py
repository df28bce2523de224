from __future__ import annotations

import pytest

from benchmarks.binary_doc import make_doc
from resume_processor.documents.media_types import DOC, HTML, MARKDOWN, ODT, RTF, TEXT
from resume_processor.layout.lines import LineRole

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODT_SPACES = " ".join(
    f'xmlns:{prefix}="{ODF}{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def texts(document):
    return [line.text for line in document.lines]


def odt(package, body, styles=""):
    content = (
        f"<office:document-content {ODT_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return package({"mimetype": ODT, "content.xml": content})


def test_odt(read, package):
    styles = (
        '<style:style style:name="B" style:family="text">'
        '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>'
        '<style:style style:name="W" style:family="text">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
    )
    body = (
        '<text:h text:outline-level="1">Experience</text:h>'
        '<text:p><text:span text:style-name="B">Acme</text:span><text:tab/>2019'
        '<text:span text:style-name="W">hidden words</text:span></text:p>'
        "<text:list><text:list-item><text:p>wrote tests</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        '<text:p><text:a xlink:href="https://example.org">site</text:a></text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>"
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    )
    document = read(odt(package, body, styles))
    assert document.media_type == ODT
    assert texts(document) == ["Experience", "Acme 2019", "wrote tests", "a", "b", "site", "boxed"]
    heading, job, item, _, b, site, _ = document.lines
    assert heading.role is LineRole.HEADING
    assert (job.words[0].bold, job.words[0].size, job.words[1].bold) == (True, 14.0, False)
    assert (item.bullet, item.role) == ("•", LineRole.LIST_ITEM)
    assert (b.cell.row, b.cell.column) == (0, 2)
    assert site.words[0].link == "https://example.org"
    assert [(w.code, w.words) for w in document.warnings] == [("hidden_text", 2)]


def test_rtf(read):
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red255\green255\blue255;}"
        rb"{\stylesheet{\s1 heading;}}{\*\generator x}"
        rb"\pard\b\fs32 Mira \'d6kafor\b0\fs22\par"
        rb"{\field{\*\fldinst HYPERLINK "
        b'"https://example.org"'
        rb"}{\fldrslt site}} \u8211? end\par"
        rb"{\listtext\'b7\tab}wrote tests\par"
        rb"{\cf1 hidden words}{\v gone}{\deleted removed}\par"
        rb"\trowd\cellx100\cellx200\intbl a\cell b\cell\row"
        rb"\trowd\intbl c\cell d\cell\row\pard after\par}"
    )
    document = read(data)
    assert document.media_type == RTF
    assert texts(document) == [
        "Mira Ökafor",
        "site – end",
        "wrote tests",
        "a",
        "b",
        "c",
        "d",
        "after",
    ]
    name, site, item, *cells, after = document.lines
    assert (name.bold, name.size) == (True, 16.0)
    assert [word.link for word in site.words] == ["https://example.org", None, None]
    assert item.bullet == "·"
    assert [(c.cell.row, c.cell.column) for c in cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert after.cell is None
    assert document.warnings[0].words == 3


def test_rtf_list_without_marks_is_no_list(read):
    data = (
        rb"{\rtf1\ansi \pard{\listtext\pard\plain \tab}\ls1 Skills\par"
        rb"\pard{\listtext\pard\plain \u8226\'95\tab}\ls2 Python\par}"
    )
    heading, item = read(data).lines
    assert (heading.text, heading.bullet) == ("Skills", None)
    assert (item.text, item.bullet) == ("Python", "•")


def test_doc(read):
    text = (
        "Mira Okafor\r\rExperience\r"
        'see \x13 HYPERLINK "https://example.org" \x14my site\x15 today\r'
        "a\x07b\x07\x07c\x07d\x07\x07after\r"
    )
    document = read(make_doc(text))
    assert document.media_type == DOC
    assert texts(document) == [
        "Mira Okafor", "Experience", "see my site today", "a", "b", "c", "d", "after",
    ]  # fmt: skip
    assert [word.link for word in document.lines[2].words][1:3] == ["https://example.org"] * 2
    assert document.lines[0].block != document.lines[1].block
    places = [(line.cell.row, line.cell.column) for line in document.lines if line.cell]
    assert places == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_html(read):
    data = b"""<!doctype html><html><head><title>no</title><style>.x{display:none}</style></head>
    <body><h1>Mira  Okafor</h1><p>Lives in <b>Lagos</b><br>and writes</p><script>no()</script>
    <ul><li>one</li><li><a href="https://example.org">two</a></li></ul><ol><li>first</li></ol>
    <table><tr><th>Degree</th><th>School</th></tr><tr><td>BSc</td><td>North</td></tr></table>
    <p class="x">hidden words</p><span>Acme</span><span class="date">2019</span></body></html>"""
    document = read(data)
    assert document.media_type == HTML
    assert texts(document) == [
        "Mira Okafor", "Lives in Lagos", "and writes", "one", "two", "first", "Degree", "School",
        "BSc", "North", "Acme 2019",
    ]  # fmt: skip
    assert [line.bullet for line in document.lines[3:6]] == ["•", "•", "1."]
    assert document.lines[0].role is LineRole.HEADING
    assert document.lines[9].cell.header == "School"
    assert [(w.code, w.words) for w in document.warnings] == [("hidden_text", 2)]


def test_markdown(read):
    data = (
        b"# Mira Okafor\n\nEngineer\n========\n\n**Acme** *Works* [site](https://example.org)\n"
        b"- wrote tests\n  1. first\n\n| Degree | School |\n|---|---|\n| BSc | North |\n"
    )
    document = read(data)
    assert document.media_type == MARKDOWN
    assert texts(document) == [
        "Mira Okafor", "Engineer", "Acme Works site", "wrote tests", "first", "Degree", "School",
        "BSc", "North",
    ]  # fmt: skip
    assert [line.role for line in document.lines[:2]] == [LineRole.HEADING] * 2
    acme, works, site = document.lines[2].words
    assert (acme.bold, works.italic, site.link) == (True, True, "https://example.org")
    assert [line.bullet for line in document.lines[3:5]] == ["-", "1."]
    assert document.lines[8].cell.header == "School"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_any_encoding(read, encoding):
    data = "Jürgen Müller\nKöln, Straße 5\n\nErfahrung\n---------\n* schrieb Tests".encode(encoding)
    document = read(data)
    assert document.media_type == TEXT
    assert texts(document) == ["Jürgen Müller", "Köln, Straße 5", "Erfahrung", "schrieb Tests"]
    assert document.lines[2].role is LineRole.HEADING
    assert document.lines[3].bullet == "*"
    assert document.lines[2].block > document.lines[1].block
