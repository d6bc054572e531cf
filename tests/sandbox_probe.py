"""What the sandbox's tests share: a client of the API, and a real browser for the payment page."""

from __future__ import annotations

import base64
import contextlib
import errno
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import pytest

from cashier.sandbox.server import SandboxServer
from cashier.sandbox.state import utc_now

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_PATIENCE = 10.0
_PORT = re.compile(r"started successfully on port (\d+)")


_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Reading the trusted certificates for every client of plain http would take half the time."""


def plain_client(base_url: str = "", *, auth: tuple[str, str] | None = None) -> httpx.Client:
    """A client of plain http on this machine."""
    return httpx.Client(base_url=base_url, auth=auth, trust_env=False, timeout=10, verify=_NO_TLS)


def is_taken(error: OSError) -> bool:
    """Whether an address is in use, which each system says in words of its own."""
    return error.errno == errno.EADDRINUSE


class Probe:
    """A client of one sandbox over a real socket. Amounts as the wire has them."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.gateway = server.gateway
        self.http = plain_client(
            server.base_url, auth=(self.gateway.merchant_id, self.gateway.api_key)
        )
        self.control = plain_client(server.control_url)
        self.web = plain_client()

    def renew(self) -> Probe:
        """The same sandbox as if it had just been started."""
        self.gateway.reset()
        if isinstance(self.gateway.clock, HandClock):
            self.gateway.clock.now = HandClock().now
        return self

    def close(self) -> None:
        for client in (self.http, self.control, self.web):
            client.close()

    def send(self, method: str, body: object) -> httpx.Response:
        return self.http.post(f"/{method}", content=json.dumps(body, ensure_ascii=False))

    def call(self, method: str, body: object) -> dict[str, Any]:
        """The answer's object, whatever its HTTP status."""
        answer = self.send(method, body).json(parse_float=Decimal)
        assert isinstance(answer, dict)
        return answer

    def terminal(self, **fields: object) -> str:
        """A new terminal's id, as a string."""
        body = {"name": "Кофейня", "alias": uuid.uuid4().hex, **fields}
        return str(self.call("CreateTerminal", body)["id"])

    def payment(
        self, amount: float = 100, *, terminal: str | None = None, **settings: object
    ) -> dict[str, Any]:
        """A new bill's answer."""
        return self.call("CreatePayment", self.bill(amount, terminal=terminal, **settings))

    def bill(
        self, amount: float = 100, *, terminal: str | None = None, **settings: object
    ) -> dict[str, Any]:
        """A request for a bill that both profiles accept."""
        terminal_id = terminal if terminal is not None else self.terminal()
        line = {"name": "Кофе", "price": amount, "resultPrice": amount, "quantity": 1}
        return {
            "order": {"currency": "RUB", "amount": amount, "id": uuid.uuid4().hex},
            "settings": {"terminal_id": terminal_id, **settings},
            "receipt": [line],
        }

    def paid(self, amount: float = 100) -> str:
        """The id of a payment that has been paid by card."""
        payment_id = str(self.payment(amount)["id"])
        self.gateway.pay(payment_id)
        return payment_id

    def refund(self, payment_id: str, amount: float, **fields: object) -> dict[str, Any]:
        line = {"name": "Кофе", "price": 10, "resultPrice": 10, "quantity": 1}
        body = {"id": payment_id, "refund": {"amount": amount, **fields}, "receipt": [line]}
        return self.call("CreateRefund", body)


class HandClock:
    """The gateway's time, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 11, 32, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@contextlib.contextmanager
def sandbox(profile: str = "live", *, clock: Callable[[], datetime] = utc_now) -> Iterator[Probe]:
    """A running sandbox and a client of it."""
    with SandboxServer(profile, clock=clock) as server:
        probe = Probe(server)
        try:
            yield probe
        finally:
            probe.close()


class Browser:
    """Headless Chromium through ChromeDriver: the few commands of WebDriver that are needed."""

    def __init__(self) -> None:
        driver, chromium = (_program(name) for name in ("chromedriver", "chromium"))
        self._folder = tempfile.TemporaryDirectory(prefix="cashier-browser-")
        log = Path(self._folder.name) / "driver.log"
        self._log = log.open("wb")
        self._process = subprocess.Popen(
            [driver, "--port=0"],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        try:
            self._http = plain_client(f"http://127.0.0.1:{self._port()}")
            self._session = self._open_session(chromium)
        except BaseException:
            self._end_driver()
            raise

    def _port(self) -> int:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if found := _PORT.search(line):
                return int(found[1])
        pytest.fail("chromedriver did not start")

    def _open_session(self, chromium: str) -> str:
        profile = Path(self._folder.name) / "profile"
        options = {"binary": chromium, "args": [*_FLAGS, f"--user-data-dir={profile}"]}
        # ChromeDriver's own waiting for a page to load now and then never ends.
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "pageLoadStrategy": "none",
            "timeouts": {"implicit": 2000},
        }
        answer = self._http.post("/session", json={"capabilities": {"alwaysMatch": wanted}})
        value = answer.json()["value"]
        if answer.status_code != 200:
            pytest.fail(f"Chromium did not start: {value['message']}")
        return str(value["sessionId"])

    def _command(self, verb: str, path: str, body: object | None = None) -> Any:
        content = {} if body is None and verb == "POST" else body
        answer = self._http.request(verb, f"/session/{self._session}{path}", json=content)
        value = answer.json()["value"]
        if answer.status_code != 200:
            raise LookupError(value["message"])
        return value

    def _find(self, css: str) -> str:
        selector = {"using": "css selector", "value": css}
        return str(self._command("POST", "/element", selector)[_ELEMENT])

    def open(self, url: str) -> None:
        self.mark()
        self._command("POST", "/url", {"url": url})
        self.await_page()

    def reload(self) -> None:
        self.mark()
        self._command("POST", "/refresh")
        self.await_page()

    def mark(self) -> None:
        """Remember this page, so that the next one is told from it."""
        self.run("document.documentElement.dataset.seen = 'yes'")

    def await_page(self) -> None:
        """Ask until another page than the marked one is complete."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(LookupError):  # between two pages there is none
                self._find("html:not([data-seen]) > body")  # waits inside the driver
                if self.run("return document.readyState") == "complete":
                    return
        pytest.fail(f"no page came within {_PATIENCE} seconds")

    def await_element(self, css: str) -> None:
        """Wait for a page that comes by itself."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(LookupError):
                self._find(css)
                return
        pytest.fail(f"no {css} came within {_PATIENCE} seconds")

    @property
    def url(self) -> str:
        return str(self._command("GET", "/url"))

    @property
    def source(self) -> str:
        return str(self._command("GET", "/source"))

    def text(self, css: str = "body") -> str:
        """The text that a person sees, no-break blanks as blanks."""
        text = str(self._command("GET", f"/element/{self._find(css)}/text"))
        return text.replace("\u00a0", " ")

    def value(self, css: str) -> str:
        return str(self._command("GET", f"/element/{self._find(css)}/property/value"))

    def has(self, css: str) -> bool:
        selector = {"using": "css selector", "value": css}
        return bool(self._command("POST", "/elements", selector))

    def click(self, css: str, *, leads: bool = True) -> None:
        """Click; unless it `leads` nowhere, wait for the page that it leads to."""
        element = self._find(css)
        self.mark()
        self._command("POST", f"/element/{element}/click")
        if leads:
            self.await_page()

    def fill(self, css: str, text: str) -> None:
        element = self._find(css)
        self._command("POST", f"/element/{element}/clear")
        self._command("POST", f"/element/{element}/value", {"text": text})

    def run(self, script: str, arguments: Sequence[object] = ()) -> Any:
        return self._command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def be(self, *, width: int, height: int, dark: bool = False, scale: int = 1) -> None:
        """Become a screen of that size, in the light or in the dark."""
        self._devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._devtools("Emulation.setEmulatedMedia", features=[scheme])

    @contextlib.contextmanager
    def without_scripts(self) -> Iterator[None]:
        """Pages run no scripts of their own."""
        self._devtools("Emulation.setScriptExecutionDisabled", value=True)
        try:
            yield
        finally:
            self._devtools("Emulation.setScriptExecutionDisabled", value=False)

    def _devtools(self, command: str, **parameters: object) -> Any:
        body = {"cmd": command, "params": parameters}
        return self._command("POST", "/goog/cdp/execute", body)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        shot = self._devtools("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        """End the browser, by force when it does not end itself."""
        try:
            self._http.delete(f"/session/{self._session}", timeout=5)
        except httpx.TimeoutException:
            self._http.close()
        finally:
            self._http.close()
            self._end_driver()

    def _end_driver(self) -> None:
        """The driver leads a session of its own, so that this ends its Chromium with it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: apt-get install chromium chromium-driver")
    return found
