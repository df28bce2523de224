"""Names of files."""

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.api.routes.resume_documents import attachment
from resume_processor.workflow.file_names import LONGEST_NAME, UNNAMED, ascii_name, display_name


def test_a_client_may_send_no_name():
    assert display_name(None) == display_name("") == display_name("dir/") == UNNAMED


def test_control_characters_are_not_shown():
    assert display_name("cv\x07\r\n\u202e.pdf") == "cv.pdf"


@given(st.text())
def test_a_shown_name_is_one_short_line_and_no_path(sent):
    shown = display_name(sent)
    assert 0 < len(shown) <= LONGEST_NAME
    assert not set(shown) & set("/\\\r\n\x00")


@given(st.text(min_size=1))
def test_a_name_never_breaks_out_of_its_header(name):
    header = attachment(display_name(name))
    assert header.isascii()
    assert header.count('"') == 2
    assert "\n" not in header
    assert ascii_name(name)
