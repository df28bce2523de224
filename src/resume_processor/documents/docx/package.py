"""The parts of a DOCX file and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from resume_processor.documents.archive import Archive
from resume_processor.documents.docx.names import STRICT
from resume_processor.documents.limits import Limits
from resume_processor.documents.xml import parse_xml
from resume_processor.errors import CorruptDocument


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another part, or to an address outside."""

    kind: str  #: last word of the relationship's type, e.g. "hyperlink"
    target: str  #: name of the part, or the address


class Package:
    """Parts by name, parsed; raises TooLarge, CorruptDocument or EncryptedDocument."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = Archive(data, limits)
        self.main = self._find_main()

    def root(self, part: str) -> etree._Element | None:
        """Root element of the part, None where it is missing."""
        data = self._archive.read(part)
        if not data:
            return None
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in STRICT:
                data = data.replace(strict, transitional)
        return parse_xml(data)

    def relations(self, part: str) -> Mapping[str, Relation]:
        """The references of the part by their id."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        relations: dict[str, Relation] = {}
        for element in root if root is not None else ():
            kind = element.get("Type", "").rpartition("/")[2]
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            relations[element.get("Id", "")] = Relation(kind, target)
        return relations

    def related(self, kind: str) -> etree._Element | None:
        """Root of the main part's related part of this kind, e.g. "styles"."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind:
                return self.root(relation.target)
        return None

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        if "word/document.xml" in self._archive.names:
            return "word/document.xml"
        raise CorruptDocument("The document's main part is missing.")
