"""Which files, under which names, in which form."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from resume_processor.cli_output.choices import ParseFormat
from resume_processor.cli_output.files import files_in
from resume_processor.cli_output.parse_files import (
    FolderSink,
    StdoutSink,
    shown,
    target_names,
)

RESULT = {"resume": {"basics": {"name": "Zoë Example"}}, "personal": {}, "evidence": {}}


def test_a_folder_stands_for_its_files(tmp_path):
    for name in ("b.pdf", "a.pdf"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    given_twice = [tmp_path / "b.pdf", tmp_path, Path("missing.pdf")]
    assert files_in(given_twice) == [
        tmp_path / "b.pdf",
        tmp_path / "a.pdf",
        Path("missing.pdf"),
    ]


def test_the_stem_is_the_name_until_it_is_taken():
    paths = [Path("x/cv.pdf"), Path("x/cv.docx"), Path("y/cv.docx"), Path("other.txt")]
    assert list(target_names(paths).values()) == [
        "cv.json",
        "cv.docx.json",
        "cv.docx-2.json",
        "other.json",
    ]


@given(
    st.lists(
        st.builds(
            Path,
            st.sampled_from(["a", "b"]),
            st.sampled_from(["cv.pdf", "cv", "cv.pdf.json", "x.cv"]),
        ),
        unique=True,
    )
)
def test_no_result_overwrites_another(paths):
    names = list(target_names(paths).values())
    assert len(set(names)) == len(paths)


def test_personal_facts_are_one_more_root_property_where_there_are_any():
    assert shown(RESULT, ParseFormat.JSON_RESUME) == RESULT["resume"]
    with_facts = {**RESULT, "personal": {"gender": "female"}}
    assert shown(with_facts, ParseFormat.JSON_RESUME)["personal"] == {"gender": "female"}
    assert shown(RESULT, ParseFormat.FULL) == RESULT


def test_a_folder_gets_whole_files_only(tmp_path):
    paths = [Path("good.pdf"), Path("bad.pdf")]
    sink = FolderSink(tmp_path / "out", paths, ParseFormat.JSON_RESUME)
    sink.take(paths[0], RESULT)
    sink.take(paths[1], None)
    (written,) = (tmp_path / "out").iterdir()
    assert written.name == "good.json"
    assert json.loads(written.read_text("utf-8")) == RESULT["resume"]
    assert "Zoë" in written.read_text("utf-8")


def test_stdout_keeps_the_order_of_the_files(capsys):
    paths = [Path("1"), Path("2"), Path("3")]
    sink = StdoutSink(paths, ParseFormat.JSON_RESUME)
    sink.take(paths[2], RESULT)
    assert capsys.readouterr().out == ""
    sink.take(paths[0], RESULT)
    sink.take(paths[1], None)
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["1", "3"]


def test_one_file_alone_is_printed_as_it_is(capsys):
    StdoutSink([Path("1")], ParseFormat.JSON_RESUME).take(Path("1"), RESULT)
    assert json.loads(capsys.readouterr().out) == RESULT["resume"]
