"""One test of a connection at a time, with what is typed into the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.services.diagnostics import ConnectionReport
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.pages.account_fields import errors_of
from cashier.ui.pages.connection import Probe
from cashier.ui.pages.settings_gateway import GatewaySection
from cashier.ui.widgets.fitted_scroll import bring_into_sight


class ConnectionTrial(QObject):
    """Reads the section, asks in the background, shows the answer there."""

    def __init__(
        self,
        section: GatewaySection,
        *,
        background: Background,
        clock: Clock,
        probe: Probe,
    ) -> None:
        super().__init__(section)
        self._section = section
        self._background = background
        self._clock = clock
        self._probe = probe
        self._job: Job | None = None
        section.edited.connect(self.stop)  # it would answer for what is typed by now

    def run(self) -> None:
        """Ask the gateway for the till's terminal (SPEC 7.2.2); nothing wrong is ever sent."""
        account = self._section.read() if self._job is None else None
        if account is None:
            return
        self._section.show_testing(True)
        wanted = account.settings
        self._job = self._background.start(
            self._probe,
            wanted.base_url,
            wanted.merchant_id,
            account.key,
            wanted.proxy,
            wanted.ca_file,
            self._section.alias,
            done=self._take_report,
            failed=self._take_failure,
        )

    def stop(self) -> None:
        """What the gateway still answers is not heard."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._section.show_testing(False)

    def _take_report(self, report: ConnectionReport) -> None:
        self._job = None
        self._section.show_testing(False)
        moment = formats.clock(self._clock.utc().astimezone(), seconds=True)
        proxy = str(self._section.values()["proxy"])
        self._section.show_report(report, proxy=proxy, moment=moment)
        bring_into_sight(self._section.report)

    def _take_failure(self, error: CashierError) -> None:
        self._job = None
        self._section.show_testing(False)
        errors = errors_of(error)
        if not errors or not self._section.show_errors(errors):
            self._section.show_failure(error)
