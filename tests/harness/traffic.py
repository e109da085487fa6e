"""What a browser said and asked for while a test drove it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

LOCAL_SCHEMES = {"data", "blob", "about"}


@dataclass
class Traffic:
    """One browser context's console errors, script errors and requests to other hosts."""

    home: str
    console_errors: list[str] = field(default_factory=list)
    script_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_script_error)

    def assert_clean(self) -> None:
        """No script error, nothing the Content-Security-Policy refused, no request to another host."""
        refused = [text for text in self.console_errors if "Content Security Policy" in text]
        assert self.script_errors == []
        assert refused == []
        assert self.foreign_requests == []

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != urlsplit(self.home).netloc:
            self.foreign_requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _on_script_error(self, error: WebError) -> None:
        self.script_errors.append(str(error.error))
