import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from resume_processor.runtime.child_process import Program
from resume_processor.runtime.supervisor import Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
#: Starts a child of its own and says its process id.
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def wait_for(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def alive(pid):
    """Whether a process runs; one that ended and that nobody asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervise():
    """Runs a supervisor in a thread of its own, until the test ends."""
    running = []

    def start(*programs):
        supervisor, stop = Supervisor(programs), threading.Event()
        thread = threading.Thread(target=supervisor.run, args=(stop,))
        thread.start()
        running.append((thread, stop))
        wait_for(lambda: all(supervisor.pid(program.name) for program in programs))
        return supervisor

    def end():
        for thread, stop in running:
            stop.set()
            thread.join(20)
            assert not thread.is_alive()

    start.end = end
    yield start
    end()


def test_a_program_that_dies_is_started_again(supervise):
    supervisor = supervise(Program("sleep", SLEEP))
    first = supervisor.pid("sleep")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: supervisor.pid("sleep") not in (None, first))
    assert supervisor.restarts("sleep") == 1


def test_a_program_that_is_stuck_is_started_again(supervise):
    answers = iter([True])
    supervisor = supervise(Program("sleep", SLEEP, stuck=lambda: next(answers, False)))
    first = supervisor.pid("sleep")
    wait_for(lambda: supervisor.pid("sleep") not in (None, first))
    assert not alive(first)


def test_one_that_dies_at_once_is_not_started_in_a_rush(supervise):
    supervisor = Supervisor([Program("false", [sys.executable, "-c", "raise SystemExit(1)"])])
    stop = threading.Event()
    thread = threading.Thread(target=supervisor.run, args=(stop,))
    thread.start()
    time.sleep(2.0)
    stop.set()
    thread.join(10)
    assert 1 <= supervisor.restarts("false") <= 4


def test_stopping_ends_the_programs_and_their_children(supervise, tmp_path):
    note = tmp_path / "pid"
    supervisor = supervise(Program("family", [sys.executable, "-c", FAMILY, str(note)]))
    wait_for(lambda: note.exists() and note.read_text())
    parent, child = supervisor.pid("family"), int(note.read_text())
    supervise.end()
    assert not alive(parent)
    wait_for(lambda: not alive(child))


def test_one_that_ignores_the_request_to_stop_is_killed(supervise):
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    supervisor = supervise(Program("deaf", [sys.executable, "-c", code], stop_seconds=0.2))
    time.sleep(0.5)
    pid = supervisor.pid("deaf")
    supervise.end()
    assert not alive(pid)


def test_programs_get_their_environment_and_their_preparation(supervise, tmp_path):
    note, steps = tmp_path / "note", []
    code = f"import os, time; open({str(note)!r}, 'w').write(os.environ['WORD']); time.sleep(600)"
    supervise(
        Program(
            "speaker",
            [sys.executable, "-c", code],
            {"WORD": "hello"},
            prepare=lambda: steps.append("prepare"),
            settle=lambda: steps.append("settle"),
        )
    )
    wait_for(lambda: note.exists() and note.read_text() == "hello")
    assert steps == ["prepare", "settle"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_programs_end_with_a_supervisor_that_is_killed(tmp_path):
    note = tmp_path / "pid"
    code = f"""
import threading
from resume_processor.runtime.child_process import Program
from resume_processor.runtime.supervisor import Supervisor
supervisor = Supervisor([Program("sleep", {SLEEP!r})])
supervisor.run(threading.Event(), on_tick=lambda: open({str(note)!r}, "w").write(
    str(supervisor.pid("sleep"))))
"""
    pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code])
    wait_for(lambda: note.exists() and note.read_text().isdigit())
    child = int(note.read_text())
    assert alive(child)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_for(lambda: not alive(child))
