"""The downloaded packages, unpacked for reading."""

from __future__ import annotations

import ast
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unpacked(packages: Path) -> Iterator[Path]:
    """A temporary folder with the content of all wheels and source archives."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for archive in sorted(packages.glob("*.whl")):
            with zipfile.ZipFile(archive) as file:
                file.extractall(folder)
        for archive in sorted(packages.glob("*.tar.gz")):
            with tarfile.open(archive) as file:
                file.extractall(folder, filter="data")
        yield folder


def strings_assigned(path: Path, prefixes: tuple[str, ...]) -> Iterator[str]:
    """Every string in the values of the names in a module that begin with one of the prefixes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = (node.target,)
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        if any(name.startswith(prefixes) for name in names):
            yield from _strings(node)


def _strings(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
