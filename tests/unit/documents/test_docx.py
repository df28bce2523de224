from __future__ import annotations

import pytest

from resume_processor.layout.lines import LineRole

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def texts(document):
    return [line.text for line in document.lines]


def text_box(words):
    inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>'
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_text_box_is_read_once(read, docx, para):
    document = read(docx(text_box("Mira Okafor") + para("Engineer")))
    assert texts(document) == ["Mira Okafor", "Engineer"]


def test_text_box_of_old_documents(read, docx):
    old = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Lagos</w:t></w:r>"
        "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert texts(read(docx(old))) == ["Lagos"]


def test_insertions_are_read_and_deletions_are_not(read, docx):
    body = (
        '<w:p><w:ins w:id="1"><w:r><w:t>kept</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )
    assert texts(read(docx(body))) == ["kept"]


def test_content_control_is_read_but_its_prompt_is_not(read, docx, para):
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{para('Mira')}</w:sdtContent></w:sdt>"
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{para('[Your name]')}</w:sdtContent></w:sdt>"
    )
    assert texts(read(docx(filled + empty))) == ["Mira"]


def test_headers_come_first_and_footers_last(read, docx, para):
    body = para("Body") + (
        '<w:sectPr><w:headerReference r:id="h"/><w:footerReference r:id="f"/></w:sectPr>'
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = read(
        docx(
            body,
            {
                "word/header1.xml": f"<w:hdr {space}>{para('Mira Okafor')}</w:hdr>",
                "word/footer1.xml": f"<w:ftr {space}>{para('Page 1 of 2')}</w:ftr>",
            },
            f'<Relationship Id="h" Type="{OFFICE}/header" Target="header1.xml"/>'
            f'<Relationship Id="f" Type="{OFFICE}/footer" Target="footer1.xml"/>',
        )
    )
    assert texts(document) == ["Mira Okafor", "Body", "Page 1 of 2"]
    assert document.lines[-1].role is LineRole.PAGE_FOOTER
    assert document.lines[0].role is LineRole.BODY


def table(rows):
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 3000, 900))
    grid = f"<w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{grid}{cells}</w:tbl>"


def test_table_has_rows_cells_and_titles(read, docx, para):
    document = read(
        docx(
            table(
                [
                    [para("Degree"), para("School"), para("Year")],
                    [para("BSc"), para("North College"), para("2011")],
                ]
            )
        )
    )
    cells = {line.text: line.cell for line in document.lines}
    assert (cells["2011"].row, cells["2011"].column, cells["2011"].header) == (1, 2, "Year")
    assert cells["Degree"].header is None
    boxes = {line.text: line.box for line in document.lines}
    assert boxes["BSc"].y0 == boxes["2011"].y0
    assert boxes["BSc"].x1 < boxes["North College"].x0 < boxes["2011"].x0


def test_nested_table_is_a_table_of_its_own(read, docx, para):
    inner = table([[para("a"), para("b"), para("c")]])
    document = read(docx(table([[para("outer"), inner + para("after"), para("z")]])))
    assert texts(document) == ["outer", "a", "b", "c", "after", "z"]
    numbers = [line.cell.table for line in document.lines]
    assert numbers == [0, 1, 1, 1, 0, 0]


def test_merged_cells(read, docx, para):
    span = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    below = "<w:tcPr><w:vMerge/></w:tcPr>"
    top = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    document = read(
        docx(
            table(
                [
                    [top + para("tall"), span + para("wide")],
                    [below + para(""), para("x"), para("y")],
                ]
            )
        )
    )
    places = {line.text: (line.cell.row, line.cell.column) for line in document.lines}
    assert places == {"tall": (0, 0), "wide": (0, 1), "x": (1, 1), "y": (1, 2)}


def test_hyperlinks_keep_their_targets(read, docx):
    body = (
        '<w:p><w:hyperlink r:id="l"><w:r><w:t>LinkedIn</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "mailto:mira@example.org"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t xml:space="preserve"> me</w:t></w:r></w:p>'
    )
    target = 'Target="https://example.org/in" TargetMode="External"'
    relation = f'<Relationship Id="l" Type="{OFFICE}/hyperlink" {target}/>'
    document = read(docx(body, None, relation))
    assert document.lines[0].words[0].link == "https://example.org/in"
    assert [word.link for word in document.lines[1].words] == ["mailto:mira@example.org", None]


@pytest.mark.parametrize(
    "look",
    ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'],
)
def test_hidden_text_is_left_out_and_counted(read, docx, para, look):
    document = read(docx(para("Mira Okafor") + para("kubernetes golang", run=look)))
    assert texts(document) == ["Mira Okafor"]
    (warning,) = document.warnings
    assert (warning.code, warning.words) == ("hidden_text", 2)


def test_white_text_in_a_dark_cell_is_seen(read, docx, para):
    dark = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    white = para("Mira", run='<w:color w:val="FFFFFF"/>')
    document = read(docx(table([[dark + white, para("x"), para("y")]])))
    assert "Mira" in texts(document)


def test_lists_are_numbered_and_marked(read, docx, para):
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def item(text, number):
        return para(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')

    document = read(
        docx(
            item("first", 1) + item("second", 1) + item("dot", 2),
            {"word/numbering.xml": numbering},
            f'<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/>',
        )
    )
    assert [line.bullet for line in document.lines] == ["3.", "4.", "•"]
    assert {line.role for line in document.lines} == {LineRole.LIST_ITEM}


def test_styles_inherit(read, docx, para):
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Base"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style></w:styles>'
    )
    document = read(
        docx(
            para("Experience", '<w:pStyle w:val="H1"/>') + para("text"),
            {"word/styles.xml": styles},
            f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>',
        )
    )
    heading, text = document.lines
    assert (heading.size, heading.bold, heading.role) == (16.0, True, LineRole.HEADING)
    assert (text.size, text.bold, text.role) == (11.0, False, LineRole.BODY)


def test_tab_separated_parts_stay_on_one_line(read, docx):
    body = "<w:p><w:r><w:t>Engineer</w:t><w:tab/><w:t>2019 - 2021</w:t></w:r></w:p>"
    (line,) = read(docx(body)).lines
    assert line.text == "Engineer 2019 - 2021"
    engineer, year = line.words[0].box, line.words[1].box
    assert year.x0 - engineer.x1 > 11


def test_page_break_begins_a_page(read, docx, para):
    body = para("one") + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>"
    assert [line.page for line in read(docx(body)).lines] == [1, 2]
