"""Pages: their words, their pictures, and what blind review sees of them."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

LINES = ["Ada Example", "ada@example.org", "Example University", "Python developer"]
RESULT = {
    "resume": {
        "basics": {"name": "Ada Example", "email": "ada@example.org"},
        "education": [{"institution": "Example University", "area": "Computing"}],
        "skills": [{"name": "Python"}],
    },
    "personal": {},
    "evidence": {},
    "warnings": [],
    "facts": {"gaps": []},
    "parser_version": "test",
}


def pdf(rotation=0):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600), invariant=1)
    for place, line in enumerate(LINES):
        canvas.drawString(50, 550 - 30 * place, line)
    canvas.save()
    if not rotation:
        return out.getvalue()
    turned, document = io.BytesIO(), pdfium.PdfDocument(out.getvalue())
    document[0].set_rotation(rotation)
    document.save(turned)
    document.close()
    return turned.getvalue()


def inked(picture, box, scale):
    """Whether there is ink in the box."""
    area = picture.convert("L").crop([round(number * scale) for number in box])
    return area.getextrema()[0] < 128


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_picture_shows_the_words_where_the_boxes_are(api, rotation):
    resume_id = api.upload(pdf(rotation))
    (page,) = api.client.get(f"/v1/resumes/{resume_id}/pages").json()["pages"]
    assert [word["text"] for word in page["words"]][:2] == ["Ada", "Example"]
    answer = api.client.get(page["picture"])
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    scale = picture.width / page["width"]
    assert picture.height / page["height"] == pytest.approx(scale, rel=0.01)
    assert all(inked(picture, word["box"], scale) for word in page["words"])


def test_a_picture_is_not_sent_twice(api):
    resume_id = api.upload(pdf())
    first = api.client.get(f"/v1/resumes/{resume_id}/pages/1.png")
    again = api.client.get(
        f"/v1/resumes/{resume_id}/pages/1.png", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert "sandbox" in first.headers["content-security-policy"]


@pytest.mark.parametrize("number", ["0", "2", "x"])
def test_a_page_that_is_not_there(api, number):
    resume_id = api.upload(pdf())
    for ending in ("png", "svg"):
        answer = api.client.get(f"/v1/resumes/{resume_id}/pages/{number}.{ending}")
        assert answer.status_code == (404 if number == "2" else 422)


def test_a_format_without_pages_is_drawn_from_its_words(api):
    resume_id = api.upload("\n\n".join([*LINES, "R & D <b>"]).encode(), name="ada.txt")
    (page,) = api.client.get(f"/v1/resumes/{resume_id}/pages").json()["pages"]
    assert page["picture"].endswith("/1.svg")
    drawing = api.client.get(page["picture"])
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert ">Python</text>" in drawing.text
    assert "&amp;" in drawing.text
    assert "<b>" not in drawing.text
    refused = api.client.get(f"/v1/resumes/{resume_id}/pages/1.png")
    assert refused.status_code == 404
    assert ".svg" in refused.json()["detail"]


def test_an_image_is_its_own_page(api):
    out = io.BytesIO()
    Image.new("RGB", (3400, 1000), "white").save(out, "PNG")
    resume_id = api.upload(out.getvalue(), name="scan.png")
    picture = Image.open(io.BytesIO(api.client.get(f"/v1/resumes/{resume_id}/pages/1.png").content))
    assert picture.size == (1700, 500)


def test_a_file_that_cannot_be_read_has_no_pages(api):
    resume_id = api.upload(b"%PDF-1.7 nothing")
    for path in ("pages", "pages/1.png", "pages/1.svg"):
        answer = api.client.get(f"/v1/resumes/{resume_id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (422, "corrupt")


def test_blind_review_sees_neither_person_nor_picture(api):
    resume_id = api.upload(pdf())
    assert api.client.get(f"/v1/resumes/{resume_id}/pages?blind=true").status_code == 409
    api.finish(resume_id, result=RESULT)
    (page,) = api.client.get(f"/v1/resumes/{resume_id}/pages?blind=true").json()["pages"]
    assert [word["text"] for word in page["words"]] == ["Python", "developer"]
    drawing = api.client.get(page["picture"]).text
    assert page["picture"].endswith("1.svg?blind=true")
    assert ">Python</text>" in drawing
    for word in ("Ada", "Example", "ada@example.org", "University"):
        assert word not in drawing
