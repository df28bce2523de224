"""Runs the scenarios: ``python -m tests.chaos [NAME…] [--resumes 300] [--times 1] [--plain]``.

Each one starts a real service (API, worker, Redis), sends resumes, takes the service apart, and
counts what became of all that was answered with 202. Ends with 1 where anything accepted was lost,
had two effects, or failed without reason; with ``--plain`` (the given Celery configuration without
dispatcher, reaper and hardened settings) where nothing was lost, because then the suite is blind.
"""

import argparse
import contextlib
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from resume_processor.runtime.logs import configure_logging
from tests.chaos.client import Client
from tests.chaos.fault_proxy import FaultProxy
from tests.chaos.postgres import Postgres
from tests.chaos.scenarios import SCENARIOS, Play
from tests.chaos.stage import Stage
from tests.chaos.verdict import judge

HEADER = (
    f"{'scenario':26}{'accepted':>9}{'refused':>8}{'finished':>9}{'lost':>6}{'twice':>6}"
    f"{'failed':>7}{'recovery':>10}{'slowest 202':>13}"
)

#: What ``--plain`` can be tried with: the rest is about parts that it does not have.
PLAIN = (
    "kill-children",
    "kill-worker-and-children",
    "redis-comes-back-empty",
    "redis-evicts",
    "redis-full",
    "redis-resets",
)


def main():
    arguments = parse_arguments()
    names = arguments.names or (PLAIN if arguments.plain else tuple(SCENARIOS))
    say(HEADER)
    verdicts = []
    for name in names:
        for _ in range(arguments.times):
            verdict = run(name, arguments)
            if verdict is not None:
                verdicts.append(verdict)
    lost, twice = sum(v.lost for v in verdicts), sum(v.twice for v in verdicts)
    accepted = sum(v.accepted for v in verdicts)
    say(f"{len(verdicts)} runs: {accepted} accepted, {lost} lost, {twice} with two effects")
    if arguments.plain:
        return 0 if lost else 1
    return 0 if verdicts and all(verdict.good for verdict in verdicts) else 1


def parse_arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENARIOS))
    parser.add_argument("--resumes", type=int, default=300, help="in each run")
    parser.add_argument("--times", type=int, default=1, help="runs of each scenario")
    parser.add_argument("--away", type=float, default=60.0, help="seconds without Redis")
    parser.add_argument("--plain", action="store_true", help="without what keeps work from loss")
    parser.add_argument("--log", type=Path, help="where the service's own logs go")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(SCENARIOS):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}")
    return arguments


def run(name, arguments):
    """One run of one scenario; None where this machine cannot have it."""
    scenario = SCENARIOS[name]
    with logs_into(arguments.log), contextlib.ExitStack() as stack:
        try:
            play = set_up(scenario, arguments, stack)
        except Unable as reason:
            verdict, why = None, reason
        else:
            verdict, why = act(name, scenario, play), None
    if verdict is None:
        say(f"{name:26}left out: {why}")
        return None
    say(
        f"{name:26}{verdict.accepted:9}{verdict.refused:8}{verdict.finished:9}{verdict.lost:6}"
        f"{verdict.twice:6}{verdict.failed:7}{verdict.recovery:8.1f} s{verdict.slowest:11.3f} s"
    )
    return verdict


def act(name, scenario, play):
    """Play it, then count."""
    play.stage.start()
    play.client.wait_until_up()
    expected = scenario.play(play) or ()
    return judge(
        name, play.stage, play.client, healed_at=time.monotonic(), expected_failures=expected
    )


def set_up(scenario, arguments, stack):
    """The stage with what the scenario needs, and how to end it all."""
    needs = dict(scenario.needs)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
    folder.chmod(0o755)
    if megabytes := needs.pop("disk_megabytes", None):
        stack.enter_context(small_disk(folder, megabytes))
    if arguments.plain:
        needs["environment"] = {"CHAOS_PLAIN": "1"}
    postgres = None
    if needs.pop("postgres", False):
        postgres = Postgres(folder)
        stack.callback(postgres.close)
        needs["database_url"] = postgres.url
    proxied, cut = needs.pop("proxies", ()), needs.pop("cut", None)
    port = free_port()
    stage = Stage(folder / "data", api=port, **needs)
    stack.callback(stage.close)
    proxies = set_up_proxies(stage, proxied, cut, postgres, stack)
    client = Client(f"http://127.0.0.1:{port}")
    if arguments.plain:
        client.patience = 1.0
    return Play(stage, client, arguments.resumes, proxies, postgres, arguments.away)


def set_up_proxies(stage, proxied, cut, postgres, stack):
    """Proxies to Redis for some parts; for one that is cut off, to the database as well."""
    redis_port = int(stage.redis.url.rsplit(":", 1)[1].split("/")[0])
    proxies = {}
    for name in (*proxied, *([cut] if cut else ())):
        proxies[name] = FaultProxy(("127.0.0.1", redis_port))
        url = stage.redis.url.replace(f":{redis_port}/", f":{proxies[name].port}/")
        stage.change_environment(name, REDIS_URL=url)
    if cut:
        proxies["database"] = FaultProxy(postgres.socket)
        stage.change_environment(cut, DATABASE_URL=postgres.url_through(proxies["database"].port))
    for proxy in proxies.values():
        stack.callback(proxy.close)
    return proxies


class Unable(Exception):
    """This machine lacks what a scenario needs."""


@contextlib.contextmanager
def small_disk(folder, megabytes):
    """A file system of its own for the data; only root may mount one."""
    data = folder / "data"
    data.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(data)]
    if shutil.which("mount") is None or os.geteuid() != 0:
        raise Unable("only root can mount a small disk")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unable("a small disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(data)], check=True)


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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
