"""Real servers on loopback for the tests: ours in a thread, and pages of other websites."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """An application served until it is stopped; it can start again on the same port."""

    def __init__(self, app, port: int = 0) -> None:
        self.app = app
        self.port = port or free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        config = uvicorn.Config(
            self.app,
            port=self.port,
            ws="none",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """Break off every connection and end."""
        self.app.state.web.talks.close()
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self.app.state.web.talks._closed = False


class Website:
    """Another website: its pages, each with its own headers."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text, headers = site.pages.get(self.path, ("", {}))
                self.send_response(200 if self.path in site.pages else 404)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def put(self, path: str, text: str, **headers: str) -> str:
        """Publish a page; returns its address."""
        self.pages[path] = (text, {k.replace("_", "-"): v for k, v in headers.items()})
        return self.origin + path

    def stop(self) -> None:
        self._server.shutdown()
