"""Files that mean harm, or are broken: a typed error each, within the limits."""

from __future__ import annotations

import io
import os
import resource
import struct
import subprocess
import sys
import tempfile
import textwrap
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.documents.sniff import media_type_of
from resume_processor.errors import (
    CorruptDocument,
    DocumentError,
    EncryptedDocument,
    NoText,
    TooLarge,
    UnsupportedType,
)

SMALL = Limits(max_bytes=1 << 20, max_pages=3, max_parts=50, max_decompressed_bytes=1 << 20)


def read(data, limits=SMALL):
    return read_document(data, limits)


def raw_pdf(*objects: bytes) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return out


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), extra, content)


def test_empty_file():
    with pytest.raises(CorruptDocument):
        read(b"")


def test_too_many_bytes_name_the_limit():
    with pytest.raises(TooLarge, match="max_bytes"):
        read(b"x" * ((1 << 20) + 1))


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01", b"GIF89a....", b"MZ\x90\x00", b"\x00\x01\x02\x03" * 50, b"PK\x03\x04zz"],
)
def test_other_types_are_unsupported(data):
    with pytest.raises(UnsupportedType):
        read(data)


def test_type_is_told_by_content_not_by_name(pdf, put):
    assert media_type_of(pdf(lambda c: put(c, 60, 700, "x"))) == "application/pdf"
    picture = io.BytesIO()
    Image.new("L", (10, 10)).save(picture, "PNG")
    assert media_type_of(picture.getvalue()) == "image/png"


def test_pdf_without_pages():
    with pytest.raises(CorruptDocument, match="no pages"):
        read(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))


def test_pdf_of_too_many_pages(pdf, put):
    data = pdf(lambda c: [(put(c, 60, 700, "x"), c.showPage()) for _ in range(5)])
    with pytest.raises(TooLarge, match="max_pages"):
        read(data)


def test_pdf_that_claims_a_million_pages():
    kids = b"[" + b"3 0 R " * 2000 + b"]"
    pages = b"<</Type/Pages/Kids%b/Count 1000000>>" % kids
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    with pytest.raises(TooLarge, match="max_pages"):
        read(raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, page))


def test_truncated_pdf(pdf, put):
    data = pdf(lambda c: put(c, 60, 700, "Mira Okafor"))
    for part in (0.1, 0.5, 0.9):
        try:
            document = read(data[: int(len(data) * part)])
        except DocumentError:
            continue
        assert document.lines


def test_junk_before_the_header(pdf, put):
    data = b"X-Scanner: ok\r\n\r\n" + pdf(lambda c: put(c, 60, 700, "Mira Okafor"))
    assert read(data).text == "Mira Okafor"


def test_passwords(pdf, put):
    draw = lambda c: put(c, 60, 700, "Mira Okafor")  # noqa: E731
    with pytest.raises(EncryptedDocument):
        read(pdf(draw, encrypt=StandardEncryption("secret", ownerPassword="owner")))
    # Only the owner's password: everyone may open it.
    open_to_all = pdf(draw, encrypt=StandardEncryption("", ownerPassword="owner"))
    assert read(open_to_all).text == "Mira Okafor"


def test_blank_pdf_has_no_text(pdf):
    with pytest.raises(NoText):
        read(pdf(lambda c: c.showPage()))


def test_nested_forms_end():
    form = stream(
        b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
        b"/Resources<</XObject<</F 4 0 R>>>>>>"
    )
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        form,
        stream(b"/F Do"),
    )
    with pytest.raises(NoText):
        read(data)


IN_A_CHILD = textwrap.dedent(
    """
    import resource, sys
    resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from resume_processor.documents.limits import Limits
    from resume_processor.documents.read_document import read_document
    from resume_processor.errors import DocumentError
    try:
        read_document(sys.stdin.buffer.read(), Limits())
        print("read")
    except DocumentError as error:
        print(error.code)
    except MemoryError:
        print("memory")
    """
)


def in_a_child(data: bytes, seconds: int = 20) -> str:
    """What reading it ends with, in a process that may use 1.5 GB and so many seconds of CPU.

    Nothing is left on disk, neither where the process works nor among its temporary files.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", IN_A_CHILD, str(seconds)],
            input=data,
            capture_output=True,
            timeout=100,
            check=False,
            cwd=folder,
            env={**os.environ, "TMPDIR": folder},
        )
        assert not list(Path(folder).iterdir())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 300_000
    return done.stdout.decode().strip() or f"died {done.returncode}"


def zeros_packed(megabytes: int, window: int = 15) -> bytes:
    """So many megabytes of zeros; packed once and repeated, so that it costs nothing to make."""
    packer = zlib.compressobj(9, wbits=window)
    head = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (megabytes - 1) + packer.flush()


def test_forms_that_multiply_end_in_their_child():
    """Each of 12 forms draws the next one ten times: a million million words, in four kB."""
    levels, fonts = 12, b"/Font<</F0<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"

    def drawing(number: int) -> bytes:
        more = b"/XObject<</F %d 0 R>>" % (number + 1) if number < 3 + levels else b""
        content = b"/F Do " * 10 if more else b"BT /F0 9 Tf 9 9 Td (Mira) Tj ET"
        return stream(
            content,
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<" + more + fonts + b">>",
        )

    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</XObject<</F 4 0 R>>>>>>" % (5 + levels)
    )
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        *(drawing(number) for number in range(4, 5 + levels)),
        stream(b"/F Do"),
    )
    assert len(data) < 10_000
    end = in_a_child(data, seconds=10)
    assert end in {"too_large", "no_text", "corrupt", "memory"} or end.startswith("died")


def test_flate_bomb_stays_in_its_child():
    """1 GiB in a few kilobytes."""
    once = zeros_packed(1024)
    twice = zlib.compress(once, 9)
    content = stream(twice, b"/Filter[/FlateDecode/FlateDecode]")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content
    )
    assert len(data) < 10_000
    end = in_a_child(data)
    assert end in {"no_text", "corrupt", "memory"} or end.startswith("died")


def test_deep_arrays_stay_in_their_child():
    deep = b"[" * 200_000 + b"]" * 200_000
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        stream(deep + b" TJ"),
    )
    assert in_a_child(data) in {"no_text", "corrupt"}


def test_billion_laughs_are_not_told(docx):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    body = (
        f'{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Mira &e9;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = docx("", {"word/document.xml": body})
    try:
        assert "ha" not in read(data).text
    except DocumentError as error:
        assert error.code == "corrupt"  # noqa: PT017 - both ends are right


def test_external_entities_are_not_fetched(docx, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("password-of-the-host")
    body = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Mira &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "password" not in read(docx("", {"word/document.xml": body})).text


def test_zip_bomb(docx):
    data = docx("", {"word/document.xml": b"<x>" + b" " * (4 << 20) + b"</x>"})
    assert len(data) < 20_000
    with pytest.raises(TooLarge, match="max_decompressed_bytes"):
        read(data)


def test_zip_bomb_within_the_default_limits_stays_small():
    """300 MB in 300 kB: refused by the default limit, in a child whose memory is bounded."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(300):
                member.write(bytes(1 << 20))
    assert in_a_child(buffer.getvalue()) == "too_large"


def zip_member(name: bytes, packed: bytes, size: int, at: int) -> tuple[bytes, bytes]:
    """A member's own header with its bytes, and its line in the directory; the CRC is wrong."""
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, 0, len(packed), size, len(name), 0)
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common
    entry += struct.pack("<HHHII", 0, 0, 0, 0, at) + name
    return b"PK\x03\x04" + common + name + packed, entry


def test_zip_that_unpacks_to_4_gb():
    size = (4 << 30) - (1 << 20)
    first, second = b"[Content_Types].xml", b"word/document.xml"
    types, types_entry = zip_member(first, zlib.compress(b"<Types/>", wbits=-15), 8, 0)
    bomb, bomb_entry = zip_member(second, zeros_packed(size >> 20, -15), size, len(types))
    directory = types_entry + bomb_entry
    end = struct.pack("<HHHHIIH", 0, 0, 2, 2, len(directory), len(types) + len(bomb), 0)
    data = types + bomb + directory + b"PK\x05\x06" + end
    assert len(data) < 5 << 20
    assert in_a_child(data) == "too_large"


def test_zip_that_lies_about_its_sizes(docx):
    data = bytearray(docx("", {"word/document.xml": b"<x>" + b" " * (4 << 20) + b"</x>"}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("word/document.xml")
    lie, truth = struct.pack("<I", 10), struct.pack("<I", info.file_size)
    lied = bytes(data).replace(truth, lie)
    with pytest.raises(DocumentError):
        read(lied)


def test_zip_of_60_000_parts(package):
    parts = {f"word/p{n}.xml": "" for n in range(60_000)}
    parts |= {"[Content_Types].xml": "", "word/document.xml": ""}
    with pytest.raises(TooLarge, match="max_parts"):
        read(package(parts), Limits())


def test_deeply_nested_docx(docx):
    with pytest.raises(CorruptDocument):
        read(docx("<w:sdt><w:sdtContent>" * 90 + "</w:sdtContent></w:sdt>" * 90))


def test_encrypted_office_document():
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedDocument):
        read(ole)


def test_broken_ole_file():
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500) + "WordDocument".encode("utf-16-le")
    with pytest.raises(CorruptDocument):
        read(ole)


def test_image_bomb():
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    with pytest.raises(TooLarge, match="max_pixels"):
        read(png)


def test_image_without_text():
    picture = io.BytesIO()
    Image.new("L", (300, 300), 255).save(picture, "PNG")
    with pytest.raises(NoText):
        read(picture.getvalue())


def test_deep_rtf():
    with pytest.raises(CorruptDocument):
        read(b"{\\rtf1 " + b"{" * 2_000 + b"x" + b"}" * 2_000 + b"}")


def test_deep_html():
    document = read(b"<html><body>" + b"<div>" * 20_000 + b"Mira Okafor")
    assert document.text == "Mira Okafor"
