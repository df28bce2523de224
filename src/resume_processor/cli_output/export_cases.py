"""Writes what people corrected as a corpus for ``make evaluate``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from resume_processor.bootstrap import Services
from resume_processor.documents import media_types
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.export_cases import CorrectedCase, corrected_cases

#: The ending of a document's file, by its type.
ENDINGS = {
    media_types.PDF: ".pdf",
    media_types.DOCX: ".docx",
    media_types.ODT: ".odt",
    media_types.RTF: ".rtf",
    media_types.DOC: ".doc",
    media_types.HTML: ".html",
    media_types.PNG: ".png",
    media_types.JPEG: ".jpg",
    media_types.TIFF: ".tif",
    media_types.MARKDOWN: ".md",
}


def export_cases(services: Services, folder: Path, tenant: str, *, partial: bool) -> int:
    """Fill ``folder`` with ``docs/``, ``gold/`` and ``reviews.jsonl``; how many cases there are."""
    for part in ("docs", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / "reviews.jsonl").open("w", encoding="utf-8") as reviews:
        for case in corrected_cases(tenant, services, partial=partial):
            services.storage.note(
                Happening(Action.RESUME_EXPORTED, case.record.id, None, {"as": "evaluation_case"}),
                tenant=tenant,
                now=services.clock.now(),
            )
            _write(case, services, folder)
            reviews.write(json.dumps(_review(case), ensure_ascii=False) + "\n")
            count += 1
    return count


def _write(case: CorrectedCase, services: Services, folder: Path) -> None:
    record = case.record
    name = record.id + ENDINGS.get(record.media_type, ".txt")
    with services.blobs.open(record.blob_key) as source, (folder / "docs" / name).open("wb") as out:
        shutil.copyfileobj(source, out)
    gold = json.dumps(case.gold, ensure_ascii=False, indent=1)
    (folder / "gold" / f"{record.id}.json").write_text(gold + "\n", "utf-8")


def _review(case: CorrectedCase) -> dict[str, object]:
    """Who said what when."""
    return {
        "case": case.record.id,
        "whole": case.whole,
        "said": [
            {
                "pointer": one.pointer,
                "verdict": one.verdict.value,
                "read": one.read,
                "value": one.value,
                "reviewer": one.reviewer,
                "at": one.at.isoformat(),
            }
            for one in case.corrections
        ],
    }
