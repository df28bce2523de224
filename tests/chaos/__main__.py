"""Takes a running service apart while resumes are in flight: ``python -m tests.chaos [NAME…]``.

Each scenario starts real processes (API, workers, Redis, PostgreSQL), sends resumes, kills or
starves something, and counts what became of all that was answered with 202. Ends with 1 where
anything accepted was lost, had two effects or failed without reason, or where an upload was refused
that had to be taken; with ``--plain`` (the given Celery configuration without dispatcher, reaper,
supervisor's eyes and hardened settings) where nothing was lost, because then the suite is blind.
"""

import argparse
import contextlib
import logging
import os
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from resume_processor.runtime.logs import configure_logging
from tests.chaos.scenarios import (
    brokers,
    databases,
    documents,
    long_work,
    networks,
    uploads,
    workers,
)
from tests.chaos.setting_up import Unable, set_up
from tests.chaos.verdict import Verdict, judge, now

SCENARIOS = {
    **workers.SCENARIOS,
    **uploads.SCENARIOS,
    **brokers.SCENARIOS,
    **networks.SCENARIOS,
    **databases.SCENARIOS,
    **documents.SCENARIOS,
    **long_work.SCENARIOS,
}

HEADER = (
    f"{'scenario':25}{'accepted':>9}{'finished':>9}{'lost':>5}{'twice':>6}{'failed':>7}"
    f"{'again':>6}{'refused':>8}{'recovery':>9}{'all done':>9}{'202 max':>8}{'took':>6}  remarks"
)


@dataclass(frozen=True)
class Run:
    """One run of one scenario; no verdict where it could not be tried (``skipped``) or broke."""

    name: str
    seconds: float
    verdict: Verdict | None = None
    remarks: str = ""
    skipped: bool = False
    good: bool = False

    def __str__(self):
        v = self.verdict
        if v is None:
            return f"{self.name:25}{'skipped' if self.skipped else 'BROKEN'}: {self.remarks}"
        recovery = "-" if v.recovery is None else f"{v.recovery:.1f} s"
        return (
            f"{self.name:25}{v.accepted:9}{v.finished:9}{v.lost:5}{v.twice:6}{v.failed:7}"
            f"{v.again:6}{v.refused:8}{recovery:>9}{v.drained:7.1f} s{v.slowest:6.2f} s"
            f"{self.seconds:4.0f} s  {self.remarks}"
        )


def main():
    arguments = parse_arguments()
    plainly = [name for name, one in SCENARIOS.items() if one.plain]
    names = arguments.names or (plainly if arguments.plain else list(SCENARIOS))
    runs = []
    for number in range(1, arguments.times + 1):
        say(f"run {number} of {arguments.times}, {described(arguments)}")
        say(HEADER)
        for name in names:
            runs.append(run(name, arguments))
            say(str(runs[-1]))
    say(summary(runs))
    return 0 if all(one.good or one.skipped for one in runs) else 1


def parse_arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENARIOS))
    parser.add_argument("--resumes", type=int, default=300, help="in each run")
    parser.add_argument("--times", type=int, default=1, help="runs of all scenarios")
    parser.add_argument("--away", type=float, default=60.0, help="seconds without Redis")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--plain", action="store_true", help="without what keeps work from loss")
    parser.add_argument("--log", type=Path, help="where the service's own logs go")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    return arguments


def described(arguments):
    database = "PostgreSQL" if arguments.database == "postgres" else "SQLite"
    how = "the plain configuration" if arguments.plain else "as shipped"
    return f"{arguments.resumes} resumes each, {database}, {how}"


def run(name, arguments):
    """One run of one scenario."""
    scenario, begin = SCENARIOS[name], time.monotonic()
    try:
        with logs_into(arguments.log), contextlib.ExitStack() as stack:
            play = set_up(scenario, arguments, stack)
            verdict = act(scenario, play)
    except Unable as reason:
        return Run(name, time.monotonic() - begin, remarks=str(reason), skipped=True)
    except Exception as error:  # noqa: BLE001 - one broken scenario must not hide the others
        last = traceback.extract_tb(error.__traceback__)[-1]
        remarks = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        return Run(name, time.monotonic() - begin, remarks=remarks)
    return Run(
        name,
        time.monotonic() - begin,
        verdict,
        remarks="; ".join(play.notes),
        good=as_it_must_be(verdict, scenario, plain=arguments.plain),
    )


def act(scenario, play):
    """Play it, then count."""
    play.stage.start()
    play.client.wait_until_up()
    scenario.play(play)
    return judge(play, now())


def as_it_must_be(verdict, scenario, *, plain):
    """Nothing lost; without what sees to that, some of it, else the suite could not see it."""
    if plain:
        return verdict.lost > 0 or not scenario.loses_plainly
    return verdict.keeps_the_promise and (scenario.refuses or verdict.refused == 0)


def summary(runs):
    verdicts = [one.verdict for one in runs if one.verdict is not None]
    accepted, lost = sum(v.accepted for v in verdicts), sum(v.lost for v in verdicts)
    twice, failed = sum(v.twice for v in verdicts), sum(v.failed for v in verdicts)
    bad = sorted({one.name for one in runs if not one.good and not one.skipped})
    skipped = sorted({one.name for one in runs if one.skipped})
    return (
        f"{len(verdicts)} runs: {accepted} accepted, {lost} lost, {twice} with two effects, "
        f"{failed} failed without reason; skipped: {', '.join(skipped) or 'none'}; "
        f"not as it must be: {', '.join(bad) or 'none'}"
    )


@contextlib.contextmanager
def logs_into(path):
    """Everything that the service says, of this process and its children."""
    descriptors = [os.dup(number) for number in (1, 2)]
    with path.open("ab") if path else Path(os.devnull).open("wb") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
        configure_logging(logging.INFO)
        try:
            yield
        finally:
            for number, descriptor in zip((1, 2), descriptors, strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
