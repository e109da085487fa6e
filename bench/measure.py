"""CPU time of requests, in one process, through all of Django: from the WSGI environment to the last byte."""

import statistics
from collections.abc import Callable, Mapping
from io import BytesIO
from time import process_time_ns
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.handlers.wsgi import WSGIHandler

Request = Callable[[], bytes]


class Server:
    """A WSGI server without a socket."""

    def __init__(self, handler: WSGIHandler) -> None:
        self.handler = handler
        self.status = ""
        self.headers: dict[str, str] = {}

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> bytes:
        """The body of an answer as it goes over the wire."""
        parts = urlsplit(url)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": quote(parts.path),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT_LANGUAGE": "de-DE,de;q=0.9",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **(headers or {}),
        }
        response = self.handler(environ, self._start)
        body = b"".join(response)
        response.close()
        return body

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status, self.headers = status, dict(headers)


def milliseconds(requests: Mapping[str, Request], *, rounds: int) -> dict[str, float]:
    """The median of each, from rounds in which every one of them has its turn: a busy moment hits all alike."""
    times: dict[str, list[int]] = {name: [] for name in requests}
    for _ in range(rounds):
        for name, request in requests.items():
            began = process_time_ns()
            request()
            times[name].append(process_time_ns() - began)
    return {name: statistics.median(found) / 1e6 for name, found in times.items()}
