"""The sealer goes on while there is more, and names the ends of the chains."""

from types import SimpleNamespace

from structlog.testing import capture_logs

from resume_processor.runtime import sealer as module
from resume_processor.runtime.sealer import PAUSE_SECONDS, Sealer
from resume_processor.storage.memory import MemoryStorage
from tests.contracts.storage.samples import new_resume


def test_it_seals_in_parts_without_a_pause_between(monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    storage = MemoryStorage()
    sealer = Sealer(SimpleNamespace(storage=storage))
    for number in range(3):
        storage.add_resume(new_resume(f"r{number}"))
    assert (sealer.step(), sealer.pause()) == (2, 0.0)
    assert (sealer.step(), sealer.pause()) == (1, PAUSE_SECONDS)
    assert sealer.step() == 0


def test_it_names_the_ends_now_and_then():
    storage = MemoryStorage()
    sealer = Sealer(SimpleNamespace(storage=storage))
    with capture_logs() as logs:
        sealer.step()
        storage.add_resume(new_resume("r1"))
        sealer.step()
        storage.add_resume(new_resume("r2"))
        sealer.step()
    (head,) = storage.audit_heads()
    assert head.sequence == 2
    (line,) = logs  # the second entry came within ten minutes of the first
    assert (line["event"], line["tenant"], line["sequence"]) == ("audit_head", "default", 1)
