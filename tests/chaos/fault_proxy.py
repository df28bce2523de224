"""A TCP proxy that misbehaves on request: what networks do, and no package of the index does."""

import contextlib
import socket
import struct
import threading

#: SO_LINGER with no time: closing sends a reset.
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class FaultProxy:
    """Passes bytes between its port and another one, until it is told otherwise.

    ``stall``: connections stay, nothing moves; what was sent meanwhile arrives after ``heal``.
    ``half_open``: what is sent vanishes; connections from that time never work again, as after a
    NAT forgot them. ``reset``: connections are reset, new ones too. ``refuse``: nobody listens.
    """

    def __init__(self, target, host="127.0.0.1"):
        """``target``: host and port, or the path of a Unix socket; listens at ``host``."""
        self._target = target
        self._host = host
        self._moving = threading.Event()
        self._moving.set()
        self._mode = "pass"
        self._pairs = []
        self._lock = threading.Lock()
        self._listener = None
        self._listen(0)
        self.port = self._listener.getsockname()[1]

    def stall(self):
        self._mode = "stall"
        self._moving.clear()

    def half_open(self):
        self._mode = "half_open"
        with self._lock:
            for pair in self._pairs:
                pair.dead = True

    def reset(self):
        self._mode = "reset"
        self._drop_all()

    def refuse(self):
        self._mode = "refuse"
        # close() alone leaves a thread in accept() listening
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._drop_all()

    def heal(self):
        was, self._mode = self._mode, "pass"
        self._moving.set()
        if was == "refuse":
            self._listen(self.port)

    def close(self):
        self.refuse()
        self._moving.set()

    def _listen(self, port):
        self._listener = socket.create_server((self._host, port), reuse_port=False)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self._mode == "reset":
                _reset(client)
                continue
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        if self._mode == "half_open":
            pair = _Pair(client, None, dead=True)
        else:
            try:
                pair = _Pair(client, self._connect_to_target())
            except OSError:
                _reset(client)
                return
        with self._lock:
            self._pairs.append(pair)
        if pair.server is not None:
            threading.Thread(
                target=self._pump, args=(pair, pair.server, pair.client), daemon=True
            ).start()
        self._pump(pair, pair.client, pair.server)

    def _connect_to_target(self):
        if isinstance(self._target, tuple):
            connection = socket.create_connection(self._target, timeout=5)
            connection.settimeout(None)
            return connection
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self._target)
        return connection

    def _pump(self, pair, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._moving.wait()
                if not pair.dead:
                    sink.sendall(data)
        if not pair.dead:
            pair.close()

    def _drop_all(self):
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            pair.reset()


class _Pair:
    """A client's connection and the one to the server that serves it."""

    def __init__(self, client, server, *, dead=False):
        self.client = client
        self.server = server
        self.dead = dead

    def close(self):
        for end in (self.client, self.server):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def reset(self):
        for end in (self.client, self.server):
            if end is not None:
                _reset(end)


def _reset(connection):
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        connection.shutdown(socket.SHUT_RD)
    connection.close()
