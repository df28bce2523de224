"""Broken files, by the thousand: every one must end as a document or as a typed error.

    python -m benchmarks.fuzz_reading [--files 2000] [--seed 1] [--seconds 20]

Each seed file (made here, of an invented person: PDF, DOCX, DOC, ODT, RTF, HTML, Markdown, PNG,
JPEG, TIFF) is
mutated: bytes flipped, cut, doubled, moved, replaced by edge values; of the zipped formats often
the XML inside. Batches are read in child processes with a limit on memory (RLIMIT_AS) and on the
time for each file. What is counted: documents, errors by code, and children that died. Exits 1
where an error was not typed or a file ran over its time.
"""

from __future__ import annotations

import argparse
import collections
import io
import multiprocessing
import random
import resource
import signal
import sys
import time
import zipfile
from collections.abc import Mapping
from multiprocessing.connection import Connection

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from benchmarks.binary_doc import make_doc
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError

#: Address space of a child, in bytes.
MEMORY = 2 * 1024**3
#: Limits of the fuzzed files: small, so that a scan costs no seconds.
LIMITS = Limits(max_pages=5, max_decompressed_bytes=20 << 20, max_pixels=4_000_000)
#: Part of the zipped files that are broken inside.
INSIDE = 0.7
#: Files that one child reads, as long as it lives.
BATCH = 50
EDGES = (
    b"\x00",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"-1",
    b"999999999999",
    b"<<",
    b"{",
)
TEXT = (
    "Mira Okafor",
    "mira@example.org",
    "Experience",
    "Engineer, Acme Works 2018 - 2021",
    "Skills",
    "Python",
)


def main() -> int:
    """Fuzz and print; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0, help="longest time for one file")
    options = parser.parse_args()
    seeds = seed_files()
    outcomes: collections.Counter[tuple[str, str]] = collections.Counter()
    slowest, number = 0.0, 0
    while number < options.files:
        end = min(number + BATCH, options.files)
        for name, outcome, seconds in read_in_child(seeds, options, number, end):
            outcomes[name, outcome] += 1
            slowest = max(slowest, seconds)
            number += 1
    print(f"{options.files} files, seed {options.seed}, slowest {slowest:.1f} s")
    for (name, outcome), count in sorted(outcomes.items()):
        print(f"  {name:6}{outcome:24}{count:6}")
    bad = sum(n for (_, outcome), n in outcomes.items() if outcome.startswith(("untyped", "over")))
    died = sum(n for (_, outcome), n in outcomes.items() if outcome.startswith("died"))
    print(f"{sum(outcomes.values()) - bad - died} typed, {died} children died, {bad} bad")
    return 1 if bad else 0


def read_in_child(
    seeds: dict[str, bytes], options: argparse.Namespace, start: int, end: int
) -> list[tuple[str, str, float]]:
    """Outcomes of files ``start`` to ``end``; fewer where the child died on one of them."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_child, args=(sender, seeds, options, start, end))
    child.start()
    sender.close()
    outcomes: list[tuple[str, str, float]] = []
    names = sorted(seeds)
    began = time.monotonic()
    while start + len(outcomes) < end:
        name = names[(start + len(outcomes)) % len(names)]
        if not receiver.poll(options.seconds):
            outcomes.append((name, "over its time", time.monotonic() - began))
            break
        try:
            outcome, seconds = receiver.recv()
        except EOFError:
            child.join()
            outcomes.append((name, f"died {child.exitcode}", time.monotonic() - began))
            break
        outcomes.append((name, outcome, seconds))
        began = time.monotonic()
    child.kill()
    child.join()
    return outcomes


def _child(
    sender: Connection, seeds: dict[str, bytes], options: argparse.Namespace, start: int, end: int
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    names = sorted(seeds)
    for number in range(start, end):
        chance = random.Random(f"{options.seed}/{number}")
        name = names[number % len(names)]
        data = mutated_inside(seeds[name], chance) if chance.random() < INSIDE else None
        data = data or mutated(seeds[name], chance)
        began = time.monotonic()
        sender.send((outcome_of(data), time.monotonic() - began))


def outcome_of(data: bytes) -> str:
    """What reading the file ends with."""
    try:
        document = read_document(data, LIMITS)
    except DocumentError as error:
        return error.code
    except MemoryError:
        return "out of memory"
    except Exception as error:  # noqa: BLE001 - what is looked for
        return f"untyped {type(error).__name__}"
    return "read" if document.lines else "untyped empty"


def mutated_inside(data: bytes, chance: random.Random) -> bytes | None:
    """A zipped file with one member mutated and packed again; None where it is no zip."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = max(parts, key=lambda name: len(parts[name]))
    return _zip({**parts, main: mutated(parts[main], chance)})


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to eight things wrong; now and then only a part of it."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(broken)) if broken else 0
        length = chance.choice((1, 2, 4, 16, 200))
        kind = chance.randrange(6)
        if kind == 0:
            for place in range(at, min(at + length, len(broken))):
                broken[place] = chance.randrange(256)
        elif kind == 1:
            del broken[at : at + length]
        elif kind == 2:
            broken[at:at] = broken[at : at + length] * chance.choice((1, 3, 50))
        elif kind == 3:
            edge = chance.choice(EDGES)
            broken[at : at + len(edge)] = edge
        elif kind == 4:
            other = chance.randrange(len(broken)) if broken else 0
            broken[at : at + length] = broken[other : other + length]
        elif chance.random() < 0.3:
            del broken[at:]
    return bytes(broken)


# ---- seed files


def seed_files() -> dict[str, bytes]:
    """One small file of each format."""
    return {
        "pdf": _pdf(),
        "docx": _docx(),
        "doc": make_doc("\r".join(TEXT) + "\ra\x07b\x07\x07c\x07d\x07\x07\r"),
        "odt": _odt(),
        "rtf": ("{\\rtf1\\ansi " + "".join(rf"\b {line}\par " for line in TEXT) + "}").encode(),
        "html": ("<!doctype html><ul>" + "".join(f"<li><b>{t}</b>" for t in TEXT)).encode(),
        "md": ("# " + "\n\n**x** [y](z)\n- ".join(TEXT)).encode(),
        "png": _image("PNG"),
        "jpg": _image("JPEG"),
        "tiff": _image("TIFF"),
    }


def _pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in range(2):
        canvas.grid([60, 200, 300], [300, 330, 360])
        for row, line in enumerate(TEXT):
            canvas.drawString(60 + 200 * page, 700 - 14 * row, line)
        canvas.linkURL("https://example.org", (60, 690, 200, 712))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _zip(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(info, content)
    return buffer.getvalue()


def _docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = "".join(f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{t}</w:t></w:r></w:p>" for t in TEXT)
    table = f"<w:tbl><w:tr><w:tc>{lines}</w:tc><w:tc>{lines}</w:tc></w:tr></w:tbl>"
    body = f"<w:document {space}><w:body>{lines}{table}</w:body></w:document>"
    return _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def _odt() -> bytes:
    base = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = f'xmlns:office="{base}office:1.0" xmlns:text="{base}text:1.0"'
    lines = "".join(f"<text:p>{line}<text:tab/>x</text:p>" for line in TEXT)
    content = f"<office:body><office:text>{lines}</office:text></office:body>"
    root = f"<office:document-content {spaces}>{content}</office:document-content>"
    media_type = "application/vnd.oasis.opendocument.text"
    return _zip({"mimetype": media_type, "content.xml": root})


def _image(kind: str) -> bytes:
    image = Image.new("L", (300, 200), 255)
    for row, line in enumerate(TEXT):
        ImageDraw.Draw(image).text((10, 10 + 30 * row), line, fill=0)
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.exit(main())
