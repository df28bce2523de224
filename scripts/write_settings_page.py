"""Write ``docs/settings.md`` from the settings themselves, so that the page cannot say otherwise.

``python -m scripts.write_settings_page``; a test compares the page with what this would write.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from resume_processor.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
HEAD = """# Settings

All of them are environment variables, read once when a process starts.

| variable | default | meaning |
|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    rows = [_row(prefix, name, field) for name, field in Settings.model_fields.items()]
    return HEAD + "".join(rows)


def _row(prefix: str, name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    variable = alias.choices[0] if isinstance(alias, AliasChoices) else f"{prefix}{name}".upper()
    default = "unset" if field.default is None else f"`{field.default}`"
    return f"| `{variable}` | {default} | {field.description} |\n"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), "utf-8")
