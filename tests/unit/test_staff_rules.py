"""Approvals, lockouts and the machine's own administrator, without a journal."""

from __future__ import annotations

import os
import sys

import pytest

from cashier import elevation
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Right, Role
from cashier.services.approvals import LASTS, Approvals
from cashier.services.lockouts import Lockouts
from cashier.services.staff_rules import NewAdministrator, checked_name, keep_an_administrator
from cashier.services.training_staff import training_staff
from tests.ui.staff_kit import HandClock

ANNA = Person(id="a", name="Смирнова Анна", role=Role.SENIOR, pin_length=6)


def test_an_approval_lasts_five_minutes_by_the_monotonic_clock() -> None:
    clock = HandClock()
    ids = iter(["1", "2"])
    approvals = Approvals(clock, lambda: next(ids))
    kept, late = approvals.give(Right.REFUND, ANNA), approvals.give(Right.REFUND, ANNA)
    clock.now += LASTS
    assert approvals.spend(kept, Right.REFUND) == ANNA
    clock.now += 0.1
    with pytest.raises(CashierError) as caught:
        approvals.spend(late, Right.REFUND)
    assert caught.value.facts == {"right": Right.REFUND, "role": Role.SENIOR}


def test_what_is_left_of_a_lock_is_counted_by_the_monotonic_clock() -> None:
    clock = HandClock()
    lockouts = Lockouts(clock)
    shut = Person(id="a", name="A", role=Role.CASHIER, lock_left=30.0)
    assert lockouts.take([shut])[0].lock_left == 30.0
    clock.now += 12.0
    assert lockouts.take([shut])[0].lock_left == 18.0
    assert lockouts.left() == {"a": 18.0}
    clock.now += 100.0
    assert lockouts.take([shut])[0].lock_left == 0.0


def test_a_door_that_another_till_opened_or_shut_anew_is_taken_as_it_is() -> None:
    clock = HandClock()
    lockouts = Lockouts(clock)
    shut = Person(id="a", name="A", role=Role.CASHIER, lock_left=30.0)
    lockouts.take([shut])
    clock.now += 20.0
    again = Person(id="a", name="A", role=Role.CASHIER, wrong_pins=6, lock_left=60.0)
    assert lockouts.take([again])[0].lock_left == 60.0
    opened = Person(id="a", name="A", role=Role.CASHIER)
    assert lockouts.take([opened])[0].lock_left == 0.0
    assert not lockouts.is_any


def test_a_name_is_kept_without_needless_spaces_and_once() -> None:
    assert checked_name("  Ким   Олег ", [ANNA]) == "Ким Олег"
    with pytest.raises(CashierError) as caught:
        checked_name("СМИРНОВА АННА", [ANNA])
    assert caught.value.failure is Failure.NAME_TAKEN


@pytest.mark.parametrize(
    "person",
    [
        Person(id="b", name="B", role=Role.MANAGER, pin_length=6),
        Person(id="b", name="B", role=Role.ADMINISTRATOR, pin_length=6, is_off=True),
        Person(id="b", name="B", role=Role.ADMINISTRATOR, pin_length=0),
    ],
)
def test_who_cannot_administrate_is_not_the_administrator_that_is_needed(person: Person) -> None:
    with pytest.raises(CashierError) as caught:
        keep_an_administrator([ANNA, person])
    assert caught.value.failure is Failure.LAST_ADMINISTRATOR


def test_the_new_administrators_pin_is_in_no_repr() -> None:
    assert "480917" not in repr(NewAdministrator("Белова Ирина", "480917"))


def test_training_has_one_person_of_each_role_in_both_languages() -> None:
    for language in ("ru", "en"):
        assert [one.role for one in training_staff(language)] == list(Role)
    assert training_staff("ru")[0].name == "Смирнова Анна"
    assert training_staff("en")[0].name == "Anna Smirnova"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX asks for the user id")
def test_elevated_means_root_on_posix() -> None:
    assert elevation.is_elevated() == (os.geteuid() == 0)
    assert elevation.account()
