"""The result of a connection test, one line per step (picture 16)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.failure import Failure
from cashier.services.diagnostics import Check, ConnectionReport, Step
from cashier.services.health import SKEW_ALLOWED
from cashier.ui.pages.connection import milliseconds, seconds_off, trouble_with
from cashier.ui.pages.terminal_texts import type_text
from cashier.ui.texts import quoted
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


@dataclass(frozen=True, slots=True)
class _Line:
    """One step in words; `cure` stands under a failed one."""

    text: str
    right: str = ""
    cure: str = ""
    tone: Tone | None = None
    icon: str = "check"
    colour: str = "ok-text"


class ConnectionCard(Card):
    """Green when all is well; the first failed step is red or amber, the rest are grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="settings.report", padding=14, spacing=6, radius=12, parent=parent)
        self._report: ConnectionReport | None = None
        self._alias = ""
        self._proxy = ""
        self._moment = ""
        self._icon = IconLabel("circle-check", px=22)
        self._title = Label(role=Role.STRONG, name="settings.report.title", wrap=True)
        self._when = Label(role=Role.SMALL, tone="2", name="settings.report.when")
        self._lines = {check: _LineRow(f"settings.report.{check.name.lower()}") for check in Check}
        self._head = QHBoxLayout()
        self._head.addWidget(self._icon)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._when)
        self.body.addLayout(self._head)
        for line in self._lines.values():
            self.body.addWidget(line)
        self.hide()
        follow_theme(self.lay_out)

    def lay_out(self, theme: Theme) -> None:
        self._head.setSpacing(theme.px(12))

    def show_report(self, report: ConnectionReport, *, alias: str, proxy: str, moment: str) -> None:
        """`alias` that was asked for, `proxy` it went through, `moment` as a time of day."""
        self._report = report
        self._alias = alias
        self._proxy = proxy
        self._moment = moment
        self.retranslate()
        self.show()

    def clear(self) -> None:
        self._report = None
        self.hide()

    def title(self) -> str:
        return self._title.text()

    def retranslate(self) -> None:
        report = self._report
        if report is None:
            return
        failed = next((step for step in report.steps if self._is_failed(step)), None)
        self._when.setText(self.tr("checked at {0}").format(self._moment))
        if failed is None:
            self.set_tone(Tone.OK)
            self._icon.show_icon("circle-check", colour="ok-text")
            self._title.setText(self.tr("Connected, the keys are right"))
            self._title.set_tone(Tone.OK)
        else:
            tone = self._tone_of(failed)
            self.set_tone(tone)
            self._icon.show_icon("circle-alert", colour=tone.text)
            self._title.setText(self._failed_title(failed))
            self._title.set_tone(tone)
        for step in report.steps:
            self._lines[step.check].show_line(self._line(step, report))

    def _is_failed(self, step: Step) -> bool:
        return step.is_good is False and step.check is not Check.TERMINAL

    def _tone_of(self, step: Step) -> Tone:
        if step.check is Check.CLOCK:
            return Tone.WARN
        return trouble_with(step.failure or Failure.NO_LINK, step.text).tone

    def _failed_title(self, step: Step) -> str:
        match step.check:
            case Check.ANSWER:
                return self.tr("No connection")
            case Check.KEY:
                return self.tr("The gateway answers, the keys are wrong")
            case _:
                return self.tr("Connected, but the till’s clock is wrong")

    def _line(self, step: Step, report: ConnectionReport) -> _Line:
        if step.is_good is None:
            return _Line(self._name(step.check), icon="minus", colour="text-off", tone=Tone.MUTE)
        if self._is_failed(step):
            return self._failed_line(step, report)
        match step.check:
            case Check.ANSWER:
                took = milliseconds(report.latency or 0.0)
                right = self.tr("{0} through the proxy").format(took) if self._proxy else took
                return _Line(self.tr("The gateway answered"), right)
            case Check.KEY:
                return _Line(self.tr("The keys are accepted"))
            case Check.TERMINAL:
                return self._terminal_line(step, report)
            case Check.CLOCK:
                allowed = self.tr("up to {0} s is fine").format(round(SKEW_ALLOWED))
                return _Line(seconds_off(report.skew or 0.0), allowed)

    def _failed_line(self, step: Step, report: ConnectionReport) -> _Line:
        if step.check is Check.CLOCK:
            cure = self.tr("Set this computer’s clock, or let the system do it.")
            return _Line(
                seconds_off(report.skew or 0.0), "", cure, Tone.WARN, "triangle-alert", "warn-text"
            )
        trouble = trouble_with(step.failure or Failure.NO_LINK, step.text)
        icon = trouble.icon or "x"
        return _Line(trouble.title, "", trouble.cure, trouble.tone, icon, trouble.tone.text)

    def _terminal_line(self, step: Step, report: ConnectionReport) -> _Line:
        info = report.terminal
        if info is None:
            text = self.tr("There is no terminal {0}; for the keys that does not matter")
            return _Line(text.format(self._alias), icon="info", colour="text-3")
        if not info.name:
            return _Line(self.tr("Terminal {0} is there").format(self._alias))
        text = self.tr("Terminal {0} is there: {1}, {2}")
        return _Line(text.format(self._alias, quoted(info.name), type_text(info)))

    def _name(self, check: Check) -> str:
        match check:
            case Check.ANSWER:
                return self.tr("Answer of the gateway")
            case Check.KEY:
                return self.tr("Keys")
            case Check.TERMINAL:
                return self.tr("Terminal {0}").format(self._alias)
            case Check.CLOCK:
                return self.tr("Clock")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _LineRow(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = IconLabel("check", px=18)
        self._text = Label(name=name, wrap=True)
        self._right = Label(role=Role.SMALL, tone="2", name=f"{name}.right")
        self._cure = Label(role=Role.SMALL, tone="2", name=f"{name}.cure", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._cure)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(2), 0, 0, 0)
        self._row.setSpacing(theme.px(14))

    def show_line(self, line: _Line) -> None:
        self._icon.show_icon(line.icon, colour=line.colour)
        self._text.setText(line.text)
        self._text.set_tone("off" if line.tone is Tone.MUTE else line.tone)
        self._right.setText(line.right)
        self._right.setVisible(bool(line.right))
        self._cure.setText(line.cure)
        self._cure.setVisible(bool(line.cure))
