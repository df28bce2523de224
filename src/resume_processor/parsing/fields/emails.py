"""E-mail addresses, also those that a space or a line end has broken."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.fields.matches import Match

_SPACE = re.compile(r"\s")

#: Endings of domains that a broken address may have; a whole address may end in any letters.
_ENDINGS = (
    r"(?:com|net|org|edu|gov|info|biz|in|uk|de|fr|es|pt|pl|it|nl|be|ch|at|eu|us|ca|au|br|mx|ar|"
    r"co|"
    r"cn|jp|kr|sg|hk|my|ph|za|ng|ke|pk|bd|lk|np|ae|sa|qa|ru|ua|cz|se|no|dk|fi|ie|nz|io|me|dev|ai)"
)
_KNOWN_ENDING = re.compile(rf"\.{_ENDINGS}$", re.IGNORECASE)
_LOCAL = r"[^\s@:;,()<>\[\]{}|\"'/\\•·?=!–—“”‘’]"
_DOMAIN = r"(?:[\w-]+\.)+[^\W\d_]{2,24}"
_WHOLE = re.compile(rf"(?P<local>{_LOCAL}{{1,64}})@(?P<domain>{_DOMAIN})")
_BROKEN = re.compile(
    rf"(?P<local>[\w.+-]{{1,64}})\s{{0,2}}(?:@|\(at\)|\[at\])\s{{0,2}}"
    rf"(?P<domain>[\w-]{{2,}}(?:\s?\.\s?[\w-]{{2,}}){{0,3}}?\s?\.\s?(?i:{_ENDINGS}))(?![\w])"
    rf"(?:\s?\.\s?(?P<country>(?i:in|uk|au|br|za|nz|jp|cn|sg|pk|lk|bd))(?!\w))?"
)
#: "Email.jo@…" is a label, "mail.jo@…" is how an address may begin.
_LABEL = re.compile(
    r"^(?:(?:e-?mail|mailto|id|courriel|correo)(?:id)?[:.-]+|mail(?:id)?[:-]+)", re.IGNORECASE
)
_STRAY = ".-_+*&~^%$#"


@lru_cache(maxsize=2048)
def find_emails(text: str) -> tuple[Match, ...]:
    """The addresses of the text, from left to right; ``value`` is the address without breaks."""
    if "@" not in text and "(at)" not in text.lower() and "[at]" not in text.lower():
        return ()
    found = [_match(m, "emails.address") for m in _WHOLE.finditer(text)]
    for broken in _BROKEN.finditer(text):
        if not any(m.start < broken.end() and broken.start() < m.end for m in found):
            found.append(_match(broken, "emails.broken"))
    return tuple(sorted((m for m in found if m.value), key=lambda m: m.start))


def has_known_ending(address: str) -> bool:
    """Whether the domain ends as those of mailboxes mostly do."""
    return _KNOWN_ENDING.search(address) is not None


def _match(match: re.Match[str], rule: str) -> Match:
    local = match["local"]
    label = _LABEL.match(local)
    skipped = label.end() if label else 0
    skipped += len(local) - skipped - len(local[skipped:].lstrip(_STRAY))
    local = local[skipped:]
    country = match.groupdict().get("country")
    domain = match["domain"] + (f".{country}" if country else "")
    value = _SPACE.sub("", f"{local}@{domain}") if local else ""
    return Match(match.start() + skipped, match.end(), value, rule)
