"""Invented people as blocks of text that any theme can set."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADINGS = {
    "en": ("Profile", "Work Experience", "Education", "Skills", "Languages", "Certifications",
           "Projects", "Publications", "Volunteering", "Awards", "Interests", "References",
           "Personal Details"),
    "de": ("Profil", "Berufserfahrung", "Ausbildung", "Kenntnisse", "Sprachen", "Zertifikate",
           "Projekte", "Veröffentlichungen", "Ehrenamt", "Auszeichnungen", "Interessen",
           "Referenzen", "Persönliche Daten"),
    "fr": ("Profil", "Expérience professionnelle", "Formation", "Compétences", "Langues",
           "Certifications", "Projets", "Publications", "Bénévolat", "Distinctions",
           "Centres d'intérêt", "Références", "Informations personnelles"),
    "es": ("Perfil", "Experiencia laboral", "Formación académica", "Habilidades", "Idiomas",
           "Certificados", "Proyectos", "Publicaciones", "Voluntariado", "Premios", "Intereses",
           "Referencias", "Datos personales"),
}  # fmt: skip
SECTIONS = ("summary", "work", "education", "skills", "languages", "certificates", "projects",
            "publications", "volunteer", "awards", "interests", "references",
            "personal")  # fmt: skip
PRESENT = {"en": "Present", "de": "heute", "fr": "aujourd'hui", "es": "actualidad"}
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre",
}
PERSONAL_LABELS = {
    "en": {"birthDate": "Date of birth", "nationality": "Nationality", "gender": "Gender",
           "maritalStatus": "Marital status"},
    "de": {"birthDate": "Geburtsdatum", "nationality": "Staatsangehörigkeit"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person: a JSON Resume and how its language writes things."""

    stem: str
    locale: str
    date_format: str
    resume: dict[str, Any]
    personal: dict[str, str]

    def heading(self, section: str) -> str:
        """The section's heading in the person's language."""
        return HEADINGS[self.locale][SECTIONS.index(section)]

    def date(self, value: str) -> str:
        """A date as the person writes it, as precise as it is."""
        if len(value) == 4:
            return value
        day = dt.date.fromisoformat(f"{value}-01")
        if "%B" in self.date_format and self.locale in MONTHS:
            return f"{MONTHS[self.locale].split()[day.month - 1]} {day.year}"
        return day.strftime(self.date_format)

    def period(self, entry: dict[str, Any]) -> str:
        """Start and end of an entry, or its one date."""
        start, end = entry.get("startDate"), entry.get("endDate")
        if start is None:
            return self.date(end) if end else ""
        return f"{self.date(start)} – {self.date(end) if end else PRESENT[self.locale]}"

    def personal_lines(self) -> list[str]:
        """Civil-status facts as labelled lines."""
        labels = PERSONAL_LABELS.get(self.locale, {})
        return [f"{labels[key]}: {self._fact(key, value)}" for key, value in self.personal.items()]

    def _fact(self, key: str, value: str) -> str:
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}" if key == "birthDate" else value

    def place(self) -> str:
        """The address line."""
        place = self.resume["basics"]["location"]
        country = {"GB": "United Kingdom", "IN": "India", "DE": "Deutschland", "FR": "France",
                   "ES": "España", "US": "USA", "AE": "United Arab Emirates"}  # fmt: skip
        parts = [place["city"], place.get("region"), country[place["countryCode"]]]
        return ", ".join(part for part in parts if part)

    def contact(self) -> list[str]:
        """Contact lines: place, phone, e-mail, addresses on the web."""
        basics = self.resume["basics"]
        urls = [basics.get("url")] + [p["url"] for p in basics.get("profiles", [])]
        return [self.place(), basics["phone"], basics["email"], *(url for url in urls if url)]

    def listed(self, section: str) -> list[str]:
        """The plain lines of a section that is a list."""
        lines = {"languages": _language, "certificates": _certificate, "projects": _project,
                 "publications": _publication, "volunteer": _volunteer, "awards": _award,
                 "interests": _name, "references": _name, "skills": _skill}  # fmt: skip
        return [lines[section](entry) for entry in self.resume.get(section, [])]


def _name(entry: dict[str, Any]) -> str:
    return str(entry["name"])


def _skill(entry: dict[str, Any]) -> str:
    return f"{entry['name']}: {', '.join(entry['keywords'])}"


def _language(entry: dict[str, Any]) -> str:
    fluency = entry.get("fluency")
    return f"{entry['language']} ({fluency})" if fluency else str(entry["language"])


def _certificate(entry: dict[str, Any]) -> str:
    return ", ".join(str(entry[key]) for key in ("name", "issuer", "date") if key in entry)


def _project(entry: dict[str, Any]) -> str:
    return f"{entry['name']}: {entry['description']}"


def _publication(entry: dict[str, Any]) -> str:
    return f"{entry['name']}. {entry['publisher']}, {entry['releaseDate']}"


def _volunteer(entry: dict[str, Any]) -> str:
    return f"{entry['position']}, {entry['organization']}"


def _award(entry: dict[str, Any]) -> str:
    return f"{entry['title']}, {entry['awarder']}, {entry['date']}"


def load_people(folder: Path) -> list[Person]:
    """All invented people of a folder, by file name."""
    people = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        people.append(
            Person(
                path.stem, data["locale"], data["dates"], data["resume"], data.get("personal", {})
            )
        )
    return people


def gold_of(person: Person) -> dict[str, Any]:
    """The gold record of a document that shows all of a person."""
    resume, basics = person.resume, dict(person.resume["basics"])
    urls = [basics.pop("url", None)] + [p["url"] for p in basics.pop("profiles", [])]
    basics |= {
        "email": [basics["email"]],
        "phone": [basics["phone"]],
        "urls": [u for u in urls if u],
    }
    entries = {
        kind: [{"endDate": None, **entry} for entry in resume.get(kind, [])]
        for kind in ("work", "education")
    }
    for entry in entries["work"]:
        entry.pop("highlights", None)
        entry["endDate"] = entry["endDate"] or "present"
    skills = [word for group in resume["skills"] for word in group["keywords"]]
    rest = {name: resume.get(name, []) for name in SECTIONS if name in
            ("languages", "certificates", "projects", "publications", "volunteer", "awards",
             "references")}  # fmt: skip
    interests = [entry["name"] for entry in resume.get("interests", [])]
    return {"basics": basics, "personal": person.personal, **entries, "skills": skills, **rest,
            "interests": interests}  # fmt: skip
