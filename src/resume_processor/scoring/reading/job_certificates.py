"""Certificates and licences that a statement asks for."""

from __future__ import annotations

import re

#: Certificates that are known by a short name; written exactly so.
_KNOWN = re.compile(
    r"\b(?:PMP|PRINCE2|CISSP|CISM|CISA|CEH|CCNA|CCNP|CCIE|CPA|CFA|CMA|ACCA|FRM|SHRM-CP|PHR|SPHR|OSCP|RHCE|RHCSA|MCSE|MCSA|MCP|CSM|PSM|TOGAF|CAPM"
    r"|ITIL(?: Foundation)?|Six Sigma (?:Green|Black|Yellow) Belt|CompTIA \w+\+?|NEBOSH|IOSH"
    r"|CKA|CKAD|CIPD|CIA|CAMS|LEED(?: AP)?|PE license|TEFL|CELTA|BLS|ACLS)\b"
)  # fmt: skip
_NAMED = re.compile(
    r"\b(?P<name>(?:[A-Z][\w.+&/-]*\s+){1,4})(?:certifi(?:cation|cate|ed)s?|licen[cs]e)\b"
    r"|\b(?:certifi(?:cation|cate|ed)s?|licen[cs]e)\s+(?:in|as|of)\s+(?:an?\s+)?(?P<topic>[A-Z][\w.+&/-]*(?:\s+[A-Z][\w.+&/-]*){0,3})"
)  # fmt: skip
_NO_NAME = frozenset(
    [
        "a",
        "an",
        "the",
        "relevant",
        "professional",
        "any",
        "other",
        "current",
        "valid",
        "strong",
        "and",
        "or",
        "of",
        "for",
        "our",
        "experience",
        "with",
    ]
)


def certificates_in(text: str) -> tuple[str, ...]:
    """Names of the certificates asked for, in the order of the text."""
    found = [(match.start(), match.group()) for match in _KNOWN.finditer(text)]
    for match in _NAMED.finditer(text):
        words = (match["name"] or match["topic"]).split()
        while words and words[0].lower() in _NO_NAME:
            words = words[1:]
        name = " ".join(words)
        if name and not any(known in name or name in known for _, known in found):
            found.append((match.start(), f"{name} certification"))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))
