"""A client at the machine of the service, as a service without keys asks for."""

from __future__ import annotations

from fastapi.testclient import TestClient

ADDRESS = "127.0.0.1"


def local_client(app, **options):
    """The test client, connected from and to this machine."""
    return TestClient(app, base_url=f"http://{ADDRESS}", client=(ADDRESS, 50000), **options)
