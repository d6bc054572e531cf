"""The header's two lines about the way to the gateway."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from PySide6.QtCore import QCoreApplication

from cashier.services.health import HealthView, Link
from cashier.ui import formats
from cashier.ui.translation import current_language
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate

_MINUTE = 60


class HealthLines(NamedTuple):
    """An icon, its tone (MUTE is neutral), and the two lines."""

    icon: str
    tone: Tone
    first: str
    second: str


def health_lines(view: HealthView, now: float, *, training: bool, polling: bool) -> HealthLines:
    """What the header says; `now` on the monotonic clock, `polling` while a payment is followed."""
    match view.link:
        case Link.KEY_REFUSED:
            return HealthLines(
                "key-round",
                Tone.BAD,
                translate("Texts", "The gateway refused the key"),
                translate("Texts", "call the administrator"),
            )
        case Link.NOT_YET if _is_unasked(view, now) and not polling:
            return HealthLines(
                "wifi",
                Tone.MUTE,
                translate("Texts", "Gateway not checked yet"),
                translate("Texts", "the first check comes within a minute"),
            )
        case Link.NOT_YET:
            return HealthLines(
                "wifi",
                Tone.MUTE,
                translate("Texts", "The gateway has not answered yet"),
                _since(view),
            )
        case Link.MISSED:
            return HealthLines(
                "wifi",
                Tone.MUTE,
                translate("Texts", "The gateway did not answer"),
                _last_answer(view, now, polling=polling),
            )
        case Link.LOST:
            return HealthLines(
                "wifi-off",
                Tone.WARN,
                translate("Texts", "No link to the gateway"),
                _last_answer(view, now, polling=polling),
            )
        case Link.CONNECTED:
            return _connected(view, now, training=training, polling=polling)
        case _ as unreachable:
            assert_never(unreachable)


def _is_unasked(view: HealthView, now: float) -> bool:
    """At rest the first check is a minute after the start (`IDLE_CHECK`): nobody is late."""
    return view.failure is None and now - view.since < _MINUTE


def _connected(view: HealthView, now: float, *, training: bool, polling: bool) -> HealthLines:
    if view.is_clock_wrong:
        second = _skew(view.skew or 0.0)
    elif training:
        second = translate("Texts", "the till itself answers")
    elif polling and view.latency is not None and view.last_answer is not None:
        second = translate("Texts", "{0} ms · {1} s ago").format(
            formats.count(current_language(), max(round(view.latency * 1000), 1)),
            max(int(now - view.last_answer), 0),
        )
    else:
        second = _last_answer(view, now, polling=polling)
    if training:
        return HealthLines(
            "graduation-cap", Tone.MUTE, translate("Texts", "Training gateway"), second
        )
    return HealthLines("wifi", Tone.OK, translate("Texts", "Gateway connected"), second)


def _last_answer(view: HealthView, now: float, *, polling: bool) -> str:
    if view.last_answer is None:
        return _since(view)
    seconds = int(max(now - view.last_answer, 0))
    minutes = seconds // _MINUTE
    if polling and minutes < 1:
        return translate("Texts", "last answer {0} s ago").format(seconds)
    if minutes < 1:
        return translate("Texts", "last answer under a minute ago")
    return translate("Texts", "last answer {0} min ago").format(minutes)


def _since(view: HealthView) -> str:
    moment = view.since_utc.astimezone()
    return translate("Texts", "checking since {0}").format(formats.clock(moment))


def _skew(skew: float) -> str:
    """`skew` is the gateway's clock minus ours: positive means that ours is slow."""
    minutes = max(round(abs(skew) / _MINUTE), 1)
    if skew > 0:
        return translate("Texts", "the till’s clock is {0} min slow").format(minutes)
    return translate("Texts", "the till’s clock is {0} min fast").format(minutes)
