"""A binary DOC, made from its text: for tests and as a seed to fuzz."""

from __future__ import annotations

import struct


def make_doc(text: str) -> bytes:
    """A DOC that holds the text, with Word's own marks in it, in one piece."""
    content = text.encode("utf-16-le")
    header = bytearray(0x400)
    struct.pack_into("<H", header, 0, 0xA5EC)
    struct.pack_into("<H", header, 0x0A, 0x0200)
    struct.pack_into("<i", header, 0x4C, len(text))
    piece = struct.pack("<II", 0, len(text)) + b"\x00\x00" + struct.pack("<I", 0x400) + b"\x00\x00"
    table = b"\x02" + struct.pack("<I", len(piece)) + piece
    struct.pack_into("<II", header, 0x1A2, 0, len(table))
    return make_ole({"WordDocument": bytes(header) + content, "1Table": table})


def make_ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors; every stream is padded so that none is a small one."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = []
    for name, content in streams.items():
        padded = content.ljust(4096, b"\x00")
        start = len(sectors)
        count = -(-len(padded) // 512)
        sectors += [padded[512 * i : 512 * (i + 1)].ljust(512, b"\x00") for i in range(count)]
        chain += [*range(start + 1, start + count), 0xFFFFFFFE]
        entries.append((name, 2, start, len(padded)))
    directory_at = len(sectors)
    everything = [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]
    directory = b""
    for number, (name, kind, start, size) in enumerate(everything):
        raw = name.encode("utf-16-le") + b"\x00\x00"
        right = number + 1 if 0 < number < len(everything) - 1 else 0xFFFFFFFF
        child = 1 if number == 0 else 0xFFFFFFFF
        directory += raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
        directory += struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36)
        directory += struct.pack("<IQ", start, size)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\x00")
    sectors += [directory[i : i + 512] for i in range(0, len(directory), 512)]
    chain += [*range(directory_at + 1, len(sectors)), 0xFFFFFFFE]
    fat_at = len(sectors)
    chain += [0xFFFFFFFD]
    sectors.append(struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain))))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIII", 0, 1, directory_at, 0, 4096)
    header += struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat_at, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)
