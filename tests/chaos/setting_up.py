"""The stage of a scenario with what it needs, and the end of it all."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.chaos.client import Client
from tests.chaos.fault_proxy import FaultProxy
from tests.chaos.network_hosts import NetworkHosts, NoNetworks
from tests.chaos.play import Play
from tests.chaos.postgres import Postgres
from tests.chaos.stage import Stage


class Unable(Exception):
    """This machine lacks what a scenario needs."""


def set_up(scenario, arguments, stack):
    """A play whose service does not run yet; ``stack`` ends it.

    ``needs`` of a scenario: ``postgres``, ``servers``, ``hosts`` (names of workers), ``proxies``
    (parts that reach Redis through one), ``disk_megabytes``, ``die_after_share`` (of the uploads
    until an API kills itself); the rest is for the ``Stage``.
    """
    needs = dict(scenario.needs)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
    folder.chmod(0o755)
    if megabytes := needs.pop("disk_megabytes", None):
        stack.enter_context(small_disk(folder, megabytes))
    environment = dict(needs.pop("environment", {}))
    if share := needs.pop("die_after_share", None):
        environment["CHAOS_KILL_AFTER"] = str(round(arguments.resumes * share))
    if arguments.plain:
        environment["CHAOS_PLAIN"] = "1"
    needs |= {"environment": environment, "plain": arguments.plain}
    postgres = None
    if needs.pop("postgres", False) or arguments.database == "postgres":
        postgres = Postgres(folder)
        stack.callback(postgres.close)
        needs["database_url"] = postgres.url
    hosts = set_up_hosts(needs, postgres, stack)
    proxied = needs.pop("proxies", ())
    ports = [free_port() for _ in range(needs.pop("servers", 1))]
    stage = Stage(folder / "data", api=ports, hosts=hosts, **needs)
    stack.callback(stage.close)
    client = Client([f"http://127.0.0.1:{port}" for port in ports])
    if arguments.plain:
        client.patience = 1.0
    return Play(
        stage,
        client,
        arguments.resumes,
        proxies=set_up_proxies(stage, proxied, stack),
        postgres=postgres,
        hosts=hosts,
        away_seconds=arguments.away,
        plain=arguments.plain,
    )


def set_up_hosts(needs, postgres, stack):
    """Network namespaces, in which Redis and PostgreSQL of this machine can be reached."""
    names = needs.pop("hosts", None)
    if names is None:
        return None
    try:
        hosts = NetworkHosts(names)
    except NoNetworks as reason:
        raise Unable(str(reason)) from reason
    stack.callback(hosts.close)
    hosts.database_url = postgres.url_at(hosts.address, hosts.relay(postgres.socket))
    needs["redis_options"] = ("--bind", "127.0.0.1", hosts.address)
    return hosts


def set_up_proxies(stage, proxied, stack):
    """Proxies to Redis for some parts."""
    redis_port = int(stage.redis.url.rsplit(":", 1)[1].split("/")[0])
    proxies = {}
    for name in proxied:
        proxies[name] = FaultProxy(("127.0.0.1", redis_port))
        stack.callback(proxies[name].close)
        url = stage.redis.url.replace(f":{redis_port}/", f":{proxies[name].port}/")
        stage.change_environment(name, REDIS_URL=url)
    return proxies


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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
