"""What is done at a till besides selling: people, refunds, history, shifts, settings."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from cashier.clock import Clock
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.services.backups import Backups
from cashier.services.configuration import Configuration
from cashier.services.decisions import Decisions
from cashier.services.history import History
from cashier.services.refund_decisions import RefundDecisions
from cashier.services.refund_watch import RefundWatch
from cashier.services.refunds import Refunds
from cashier.services.restoration import Restoring
from cashier.services.shifts import Shifts
from cashier.services.staff import Staff
from cashier.services.traffic import Traffic
from cashier.services.watch import Watch


@dataclass(frozen=True, slots=True)
class Office:
    """The services that ask `staff` for a right first."""

    staff: Staff
    refund_watch: RefundWatch
    refunds: Refunds
    refund_decisions: RefundDecisions
    decisions: Decisions
    history: History
    shifts: Shifts
    configuration: Configuration
    backups: Backups
    restoring: Restoring


def build_office(
    *,
    journal: Journal,
    gateway: Gateway,
    clock: Clock,
    traffic: Traffic,
    watch: Watch,
    staff: Staff,
    chance: random.Random,
    new_id: Callable[[], str],
    till: str,
) -> Office:
    """Put the office's services together; `till` is the till's name."""
    refund_watch = RefundWatch(
        journal=journal,
        gateway=gateway,
        clock=clock,
        traffic=traffic,
        payments=watch,
        chance=chance,
    )
    return Office(
        staff=staff,
        refund_watch=refund_watch,
        refunds=Refunds(
            journal=journal,
            gateway=gateway,
            clock=clock,
            traffic=traffic,
            watch=refund_watch,
            staff=staff,
            new_id=new_id,
        ),
        refund_decisions=RefundDecisions(
            journal=journal,
            gateway=gateway,
            clock=clock,
            traffic=traffic,
            watch=refund_watch,
            staff=staff,
            new_id=new_id,
        ),
        decisions=Decisions(journal=journal, watch=watch, staff=staff),
        history=History(
            journal=journal,
            gateway=gateway,
            clock=clock,
            traffic=traffic,
            staff=staff,
            new_id=new_id,
            till=till,
        ),
        shifts=Shifts(journal=journal, gateway=gateway, clock=clock, traffic=traffic, staff=staff),
        configuration=Configuration(journal=journal, staff=staff),
        backups=Backups(journal=journal, clock=clock, staff=staff),
        restoring=Restoring(
            journal=journal, gateway=gateway, clock=clock, traffic=traffic, staff=staff
        ),
    )
