"""Themes as HTML, Markdown and plain text."""

from __future__ import annotations

from html import escape
from pathlib import Path

from scripts.samples.content import Person
from scripts.samples.pdf import ASIDE, MAIN

ORDER = ("summary", *MAIN[:2], *ASIDE, *MAIN[2:], "personal")


def _lines(person: Person, section: str) -> list[str]:
    if section == "summary":
        return [person.resume["basics"]["summary"]]
    if section == "personal":
        return person.personal_lines()
    return [f"- {line}" for line in person.listed(section)]


def _entry_lines(person: Person, section: str, entry: dict[str, str]) -> tuple[str, str, list[str]]:
    if section == "work":
        first, second = entry["position"], f"{entry['name']}, {entry['location']}"
    else:
        first, second = entry["studyType"], entry["institution"]
        first += f", {entry['area']}" if "area" in entry else ""
    rest = [f"- {text}" for text in entry.get("highlights", [])]
    if "score" in entry:
        rest.append(entry["score"])
    return f"{first} ({person.period(entry)})", second, rest


def _blocks(person: Person) -> list[tuple[str, list[tuple[str, str, list[str]]], list[str]]]:
    """(heading, entries, lines) of each section that the person has."""
    blocks = []
    for section in ORDER:
        dated = section in ("work", "education")
        entries = (
            [_entry_lines(person, section, e) for e in person.resume[section]] if dated else []
        )
        lines = [] if dated else _lines(person, section)
        if entries or lines:
            blocks.append((person.heading(section), entries, lines))
    return blocks


def plain(person: Person, path: Path) -> None:
    """Text only, headings in capitals."""
    basics = person.resume["basics"]
    out = [basics["name"], basics["label"], *person.contact()]
    for heading, entries, lines in _blocks(person):
        out += ["", heading.upper(), *lines]
        for first, second, rest in entries:
            out += [first, second, *rest, ""]
    path.write_text("\n".join(out) + "\n", "utf-8")


def markdown(person: Person, path: Path) -> None:
    """Markdown with ``#`` headings."""
    basics = person.resume["basics"]
    out = [f"# {basics['name']}", "", basics["label"], "", "  \n".join(person.contact())]
    for heading, entries, lines in _blocks(person):
        out += ["", f"## {heading}", "", *lines]
        for first, second, rest in entries:
            out += [f"### {first}", "", f"**{second}**", "", *rest, ""]
    path.write_text("\n".join(out) + "\n", "utf-8")


def html(person: Person, path: Path) -> None:
    """A page with headings, lists and links."""
    basics = person.resume["basics"]
    contact = "".join(f"<li>{_linked(line)}</li>" for line in person.contact())
    head = "<!doctype html><html><head><meta charset=utf-8><title>Resume</title></head><body>"
    name, label = escape(basics["name"]), escape(basics["label"])
    out = [f"{head}<h1>{name}</h1><p>{label}</p><ul>{contact}</ul>"]
    for heading, entries, lines in _blocks(person):
        out.append(f"<h2>{escape(heading)}</h2>{_html_lines(lines)}")
        for first, second, rest in entries:
            out.append(f"<h3>{escape(first)}</h3><p>{escape(second)}</p>{_html_lines(rest)}")
    path.write_text("\n".join(out) + "</body></html>\n", "utf-8")


def _linked(line: str) -> str:
    if "@" in line:
        return f'<a href="mailto:{line}">{line}</a>'
    return f'<a href="{line}">{line}</a>' if line.startswith("http") else escape(line)


def _html_lines(lines: list[str]) -> str:
    items = "".join(f"<li>{escape(line[2:])}</li>" for line in lines if line.startswith("- "))
    rest = "".join(f"<p>{escape(line)}</p>" for line in lines if not line.startswith("- "))
    return rest + (f"<ul>{items}</ul>" if items else "")
