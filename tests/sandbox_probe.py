"""What the sandbox's tests share: a client of the API, and a real browser for the payment page."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import pytest

from cashier.sandbox.server import SandboxServer

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
_PORT = re.compile(r"started successfully on port (\d+)")


class Probe:
    """A client of one sandbox over a real socket. Amounts as the wire has them."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.gateway = server.gateway
        self.http = httpx.Client(
            base_url=server.base_url,
            auth=(self.gateway.merchant_id, self.gateway.api_key),
            trust_env=False,
            timeout=10,
        )
        self.control = httpx.Client(base_url=server.control_url, trust_env=False, timeout=10)
        self.web = httpx.Client(trust_env=False, timeout=10)

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
        line = {"name": "Кофе", "price": amount, "resultPrice": amount, "quantity": 1}
        body = {"id": payment_id, "refund": {"amount": amount, **fields}, "receipt": [line]}
        return self.call("CreateRefund", body)


class Browser:
    """Headless Chromium through ChromeDriver: the few commands of WebDriver that are needed."""

    def __init__(self) -> None:
        driver, chromium = (_program(name) for name in ("chromedriver", "chromium"))
        self._folder = tempfile.TemporaryDirectory(prefix="cashier-browser-")
        log = Path(self._folder.name) / "driver.log"
        self._log = log.open("wb")
        self._process = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        try:
            self._http = httpx.Client(
                base_url=f"http://127.0.0.1:{self._port()}", trust_env=False, timeout=40
            )
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
        wanted = {"browserName": "chrome", "goog:chromeOptions": options}
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
        self._command("POST", "/url", {"url": url})

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

    def click(self, css: str) -> None:
        self._command("POST", f"/element/{self._find(css)}/click")

    def type(self, css: str, text: str) -> None:
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

    def forbid_scripts(self) -> None:
        self._devtools("Emulation.setScriptExecutionDisabled", value=True)

    def _devtools(self, command: str, **parameters: object) -> Any:
        body = {"cmd": command, "params": parameters}
        return self._command("POST", "/goog/cdp/execute", body)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        shot = self._devtools("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        try:
            self._command("DELETE", "")
        finally:
            self._http.close()
            self._end_driver()

    def _end_driver(self) -> None:
        self._process.terminate()
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
