from __future__ import annotations

import pytest

from resume_processor.layout.document_language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Responsible for the planning of the works and for the safety of the site.", "en"),
        (
            "Responsable de la planification des travaux et du suivi avec les clients dans le sud",
            "fr",
        ),
        ("Verantwortlich für die Planung der Anlagen und für den Einkauf mit dem Team", "de"),
        ("Responsable de la planificación de las obras y del presupuesto con los clientes", "es"),
        ("Responsável pela gestão das obras e do orçamento com os clientes da empresa", "pt"),
        ("Odpowiedzialny za planowanie i nadzór oraz kontakt z klientami w firmie na Śląsku", "pl"),
        ("负责公司的项目管理和技术支持工作", "zh"),
        ("Python SQL Docker", None),
        ("", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language_of(text) == code
