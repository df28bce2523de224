"""Our own list: what its lines become, and that every relation names something known."""

from pathlib import Path

from scripts.build_taxonomy import OWN_LIST
from scripts.taxonomy.merge import merge
from scripts.taxonomy.own_list import read_own_list


def test_narrower_terms_become_concepts(tmp_path: Path):
    path = tmp_path / "list.tsv"
    path.write_text("tax\ttaxes | =GST ~ goods tax; ?AB\t\t\t\n", "utf-8")
    head, gst, ab = read_own_list(path)
    assert head.name == "tax"
    assert gst.name == "GST"
    assert gst.broader == ["tax"]
    assert [label.exact for label in gst.labels] == [True, False]
    assert ab.labels[0].context


def test_earlier_sources_keep_their_labels(tmp_path: Path):
    path = tmp_path / "list.tsv"
    path.write_text("tax\ttaxes\t\t\t\nduty\ttax; customs\t\t\t\n", "utf-8")
    taxonomy = merge([read_own_list(path)], "test")
    assert taxonomy.names[taxonomy.number_of("taxes") or 0] == "tax"


def test_the_shipped_list_merges():
    taxonomy = merge([read_own_list(OWN_LIST)], "test")
    assert len(taxonomy) > 1_000
