"""What the taxonomy costs: loading it in a new process, and finding skills in a text.

    python -m benchmarks.taxonomy

Printed are times of the processor and memory, each beside the same of something plain: unpacking
the file, and cutting the text into its tokens.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from resume_processor.skills.find_skills import find_skills
from resume_processor.skills.taxonomy_file import load_taxonomy
from resume_processor.skills.tokens import tokens_of

LOAD = """
import gzip, resource, time
from importlib.resources import files
import resume_processor.skills.taxonomy_file as file
data = (files("resume_processor.skills.data") / file.FILE_NAME).read_bytes()
start = time.process_time(); gzip.decompress(data); unpacked = time.process_time() - start
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time(); file.load_taxonomy(); loaded = time.process_time() - start
print(loaded, unpacked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
JOB = Path(__file__).parents[1] / "samples/job.txt"
TIMES = 200


def loading() -> tuple[float, float, float]:
    """Seconds to load and to unpack only, and MiB; the best of five new processes."""
    runs = []
    for _ in range(5):
        out = subprocess.run(
            [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True
        ).stdout.split()
        runs.append((float(out[0]), float(out[1]), int(out[2]) / 1024))
    return min(runs)


def main() -> None:
    """Print the figures."""
    loaded, unpacked, memory = loading()
    taxonomy, text = load_taxonomy(), JOB.read_text("utf-8")
    print(f"{len(taxonomy)} concepts, version {taxonomy.version}")
    print(f"loading: {loaded * 1000:.0f} ms ({loaded / unpacked:.1f} × unpacking its file), "
          f"{memory:.0f} MiB")  # fmt: skip
    taken = []
    for work in (find_skills, tokens_of):
        start = time.process_time()
        for _ in range(TIMES):
            work(text)
        taken.append((time.process_time() - start) / TIMES)
    print(f"finding skills in {len(text)} characters: {taken[0] * 1e6:.0f} µs "
          f"({taken[0] / taken[1]:.1f} × cutting them into tokens), "
          f"{len(find_skills(text))} found")  # fmt: skip


if __name__ == "__main__":
    main()
