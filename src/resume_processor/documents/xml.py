"""XML of untrusted origin: no entities, no network, no unlimited depth."""

from __future__ import annotations

from lxml import etree

from resume_processor.errors import CorruptDocument


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Entities are not resolved; raises CorruptDocument where it is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorruptDocument("A part of the document is not well-formed.") from error
