"""What readers report beside the text."""

from __future__ import annotations

from resume_processor.layout.lines import ReaderWarning


def hidden_text(page: int, words: int) -> tuple[ReaderWarning, ...]:
    """Words of the page that nobody can see were left out; nothing where there were none."""
    if not words:
        return ()
    message = f"{words} words on page {page} cannot be seen and were left out."
    return (ReaderWarning("hidden_text", message, page, words),)
