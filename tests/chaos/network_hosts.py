"""Machines of their own as far as the network goes: a namespace each, on a bridge of this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from resume_processor.runtime.child_process import Program
from tests.chaos.fault_proxy import FaultProxy

#: Seconds on top of the shutdown time of what a host's own supervisor has to stop.
_STOP_MARGIN = 10.0


class NoNetworks(Exception):
    """This machine lets nobody make network namespaces."""


class NetworkHosts:
    """One for each name, reached at ``address``; a cable that is cut and mended by name."""

    def __init__(self, names):
        if shutil.which("ip") is None or os.geteuid() != 0:
            raise NoNetworks("network namespaces need root and iproute2")
        tag = os.getpid()
        network = f"10.{200 + tag // 250 % 50}.{tag % 250}"
        self.address = f"{network}.1"
        self._bridge = f"br{tag}"
        self._spaces = {name: f"chaos-{tag}-{name}" for name in names}
        self._cables = {name: f"v{tag}n{number}" for number, name in enumerate(names)}
        self._relays = []
        self.database_url = None  #: as seen from the hosts
        try:
            ip("link", "add", self._bridge, "type", "bridge")
            ip("addr", "add", f"{self.address}/24", "dev", self._bridge)
            ip("link", "set", self._bridge, "up")
            for number, name in enumerate(names):
                self._connect(name, f"{network}.{number + 2}/24")
        except subprocess.CalledProcessError as error:
            self.close()
            raise NoNetworks(f"network namespaces: {error.stderr.strip()}") from error

    def __contains__(self, name):
        return name in self._spaces

    def _connect(self, name, address):
        space, cable = self._spaces[name], self._cables[name]
        ip("netns", "add", space)
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", cable, "master", self._bridge)
        ip("link", "set", cable, "up")
        ip("-n", space, "addr", "add", address, "dev", "eth0")
        ip("-n", space, "link", "set", "eth0", "up")
        ip("-n", space, "link", "set", "lo", "up")

    def relay(self, target):
        """The port at ``address`` by which hosts reach a server that listens on a Unix socket."""
        self._relays.append(FaultProxy(target, host=self.address))
        return self._relays[-1].port

    def worker(self, name, stage):
        """``resume-processor worker`` on that host: supervisor, reaper, Celery worker."""
        port = stage.redis.url.rsplit(":", 1)[1]
        password = stage.redis.url.split("@")[0]
        return Program(
            name=name,
            command=[
                *("ip", "netns", "exec", self._spaces[name]),
                *(sys.executable, "-m", "tests.chaos.hostile_host"),
            ],
            environment={
                **stage.environment_of_parts(),
                "REDIS_URL": f"{password}@{self.address}:{port}",
                "DATABASE_URL": self.database_url,
                "PYTHONPATH": str(Path(__file__).parents[2]),
            },
            stop_seconds=stage.settings.shutdown_seconds + _STOP_MARGIN,
        )

    def cut(self, name):
        ip("link", "set", self._cables[name], "down")

    def heal(self, name):
        ip("link", "set", self._cables[name], "up")

    def close(self):
        for relay in self._relays:
            relay.close()
        for space in self._spaces.values():
            ip("netns", "delete", space, check=False)
        ip("link", "delete", self._bridge, check=False)


def ip(*command, check=True):
    subprocess.run(["ip", *command], check=check, capture_output=True, text=True)
