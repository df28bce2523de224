"""What in a line only says how to reach somebody: mail, web, phones, and their labels."""

from __future__ import annotations

import re

from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.fields.phones import find_phones
from resume_processor.parsing.fields.urls import find_urls
from resume_processor.parsing.passage import Passage

_LABEL = re.compile(
    r"\b(?:e\W?mails?(?: ?id| ?address)?|mails?(?: ?id)?|mob(?:ile)?s?(?: ?(?:no|number))?|"
    r"(?:tele)?phones?(?: ?(?:no|number))?|contacts?(?: ?(?:no|number|details))?|cont|cell|tel|ph|"
    r"whatsapp|skype(?: ?id)?|fax|linked ?in|git ?hub|web ?site|portfolio|url|"
    r"t[ée]l[ée]phone|telefon|tel[ée]fono|telefone|correo|courriel|handy|portable)\b"
    r"\W{0,2}(?:no\b)?\W*(?=[:：.\-–+(\d]|$)",
    re.IGNORECASE,
)


def without_reach(passage: Passage) -> tuple[Passage, ...]:
    """What is left of the passage without contact data and their labels."""
    text = passage.text
    spans = [
        (match.start, match.end)
        for find in (find_emails, find_phones, find_urls)
        for match in find(text)
    ]
    spans += [match.span() for match in _LABEL.finditer(text)]
    return passage.without(spans)
