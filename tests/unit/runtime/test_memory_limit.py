import subprocess
import sys

HEADER = """
import resource
from resume_processor.runtime.memory_limit import HEADROOM, limit_memory
"""


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", HEADER + code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_process_cannot_take_more():
    code = """
limit_memory(1024**3)
try:
    bytearray(2 * 1024**3)
except MemoryError:
    print("refused")
"""
    assert run(code) == "refused"


def test_there_is_always_room_to_work():
    code = """
assert limit_memory(1) >= HEADROOM
bytearray(HEADROOM // 4)
print("works")
"""
    assert run(code) == "works"


def test_zero_means_no_limit():
    code = "print(limit_memory(0), resource.getrlimit(resource.RLIMIT_AS)[0])"
    assert run(code) == "0 -1"
