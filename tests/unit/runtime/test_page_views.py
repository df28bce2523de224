"""Pages of stored files, read and drawn in children."""

import io
from types import SimpleNamespace

import pytest

from resume_processor.errors import CorruptDocument, NotFound
from resume_processor.runtime import page_views
from resume_processor.runtime.page_views import PageViews
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs


@pytest.fixture
def blobs(tmp_path):
    blobs = LocalBlobs(tmp_path)
    blobs.put("good", io.BytesIO(b"Ada Example\n\nPython developer\n"))
    blobs.put("bad", io.BytesIO(b"%PDF-1.7 nothing"))
    return blobs


def record(key):
    return SimpleNamespace(id=f"id of {key}", blob_key=key)


def test_a_layout_comes_out_of_a_child_and_is_kept(blobs, monkeypatch):
    views = PageViews(blobs, Settings())
    (page,) = views.layout(record("good"))
    assert [word["text"] for word in page["words"]][:2] == ["Ada", "Example"]
    monkeypatch.setattr(page_views, "in_child", None)  # not asked again
    assert views.layout(record("good"))[0] is page


def test_what_a_child_refuses_is_refused_here(blobs):
    views = PageViews(blobs, Settings())
    with pytest.raises(CorruptDocument):
        views.layout(record("bad"))
    with pytest.raises(NotFound, match=r"\.svg"):
        views.picture(record("good"), 1)
    with pytest.raises(NotFound):
        views.layout(record("gone"))


def test_what_is_kept_of_a_deleted_resume_is_dropped(blobs):
    views = PageViews(blobs, Settings())
    kept = views.layout(record("good"))
    views.on_change("id of another")
    views.on_change(None)
    assert views.layout(record("good")) is kept
    views.on_change("id of good")
    again = views.layout(record("good"))
    assert again is not kept
    assert views.drop_deleted(frozenset) == 0
    assert views.layout(record("good")) is again
    assert views.drop_deleted(lambda _ids: frozenset()) == 1
    assert views.layout(record("good")) is not again
