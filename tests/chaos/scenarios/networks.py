"""Connections misbehave; a machine is cut off from the others and comes back."""

import time

from tests.chaos.play import Scenario

#: Longer than any lease and any time-out of a socket, in seconds.
FAULT_SECONDS = 12


def connections(fault):
    """Both the API and the worker reach Redis through a proxy that misbehaves for a while."""

    def play_it(play):
        play.upload(0.5)
        play.wait_for_progress(0.05)
        for proxy in play.proxies.values():
            getattr(proxy, fault)()
        play.upload(0.5)
        time.sleep(FAULT_SECONDS)
        for proxy in play.proxies.values():
            proxy.heal()
        play.note(f"for {FAULT_SECONDS} s and half of the uploads")

    return Scenario(play_it, {"proxies": ("server", "worker")})


def host_cut_off(play):
    """Two machines work, and one of them loses Redis and database for longer than its leases."""
    play.upload()
    play.wait_for_progress(0.1)
    play.hosts.cut("worker-2")
    time.sleep(FAULT_SECONDS)
    play.hosts.heal("worker-2")
    play.note(f"cut off for {FAULT_SECONDS} s")


SCENARIOS = {
    "redis-stalls": connections("stall"),
    "redis-half-open": connections("half_open"),
    "redis-resets": connections("reset"),
    "redis-refuses": connections("refuse"),
    "host-cut-off": Scenario(
        host_cut_off, {"postgres": True, "hosts": ("worker", "worker-2"), "workers": 2}, plain=False
    ),
}
