"""Which ordinary test fails when a rule is taken out: one for each bad design, by its name.

`python -m tests.simulation --planted --tests` plants each in the till bench and runs its test,
which has to fail.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.simulation.planted import DESIGNS
from tests.till_bench import PLANTED

ROOT = Path(__file__).parents[2]
_FAILED = 1
"""What pytest exits with when it has run tests, and some have failed."""
LONGEST = 300.0
"""Seconds that one test may take on a busy machine."""

TESTS = {
    "refunds are sent again on silence": (
        "test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again"
    ),
    "payments are sent again on silence": (
        "test_p3_lost_answer_is_found_by_the_order_and_never_sent_again"
    ),
    "a time-out is taken for a refusal": (
        "test_p3_lost_answer_is_found_by_the_order_and_never_sent_again"
    ),
    "a refund's time-out is taken for a refusal": (
        "test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again"
    ),
    "identity is not checked": "test_p8_another_sum_in_the_answer_is_closed_and_never_shown",
    "a refund's identity is not checked": (
        "test_r11_r12_an_answer_about_something_else_is_unknown_and_links_nothing"
    ),
    "raw answers are not kept": "test_g18_g21_an_unreadable_answer_is_unknown_and_then_found",
    "ClosePayment's answer is believed": "test_c3_an_answer_that_says_closed_is_not_believed",
    "a cancel is local": "test_c1_c7_a_cancel_without_a_link_is_sent_when_there_is_one",
    "polling stops at expiry": "test_w3_w4_paid_around_the_expiry_is_never_missed",
    "dead payments are not watched": "test_w4_money_long_after_a_failure_is_found",
    "late money is no task": "test_c8_money_after_a_proven_cancel_becomes_a_task",
    "regressions are applied": "test_w5_what_is_dead_is_never_opened_again_by_an_answer",
    "money of a dead attempt settles the sale again": (
        "test_w6_failed_then_paid_is_late_once_a_new_qr_is_out"
    ),
    "not found is taken for proof": "test_p4_not_found_right_after_is_no_proof",
    "a result is shown before its commit": (
        "test_a_result_is_shown_after_its_commit_and_never_before"
    ),
    "a payment is sent before its commit": (
        "test_g10_nothing_is_sent_that_could_not_be_written_first"
    ),
    "the answer to a create is believed": (
        "test_p12_paid_in_the_first_answer_is_believed_after_a_second_read"
    ),
    "a receipt has two payable attempts": (
        "test_w6_a_new_qr_is_refused_when_the_old_one_turns_out_paid"
    ),
    "a start takes what was being sent for unsent": (
        "test_g3_g4_what_was_being_sent_is_looked_up_and_never_sent_again"
    ),
    "a start sends refunds again": (
        "test_r7_a_crash_while_sending_becomes_a_task_and_is_never_resumed"
    ),
    "one failing read of a refund is believed": (
        "test_r16_a_failure_is_believed_after_two_reads_a_minute_apart"
    ),
    "the budget is not locked": (
        "test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again"
    ),
    "unknown refunds are left out of the budget": (
        "test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again"
    ),
    "a move is written without its event": "test_every_move_of_a_sale_stands_in_the_chain",
    "commits are not synced": (
        "test_g1_g6_r7_killed_at_a_point_the_next_start_agrees_with_the_gateway"
    ),
    "a number that the gateway denies is kept": (
        "test_r11_r13_a_number_that_the_gateway_denies_for_five_minutes_is_let_go_of"
    ),
    "refunds made in the account are left out of the budget": (
        "test_r22_a_refund_made_in_the_cabinet_lowers_the_budget"
    ),
    "one answer is enough for an adoption": (
        "test_r21_two_answers_must_agree_before_a_payment_is_adopted"
    ),
    "of what is adopted nothing went back before": (
        "test_r21_a_foreign_payment_is_adopted_and_refunded_only_after_a_manager_spoke"
    ),
    "whoever has the right needs no PIN": (
        "test_whoever_lacks_the_right_is_refused_before_anything_is_written_or_sent"
    ),
    "a PIN is good for two actions": (
        "test_a_cashier_alone_refunds_nothing_and_one_approval_holds_for_one_refund"
    ),
    "wrong PINs are not counted": "test_five_wrong_pins_shut_the_door_even_for_the_right_one",
    "a start opens a shut door": (
        "test_a_restart_does_not_open_the_door_and_the_time_while_off_does_not_count"
    ),
}


@cache
def places() -> dict[str, Path]:
    """The file of every test there is."""
    return {
        node.name: path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a design's own test. `said`: the first thing that it complained about."""

    name: str
    has_failed: bool
    said: str

    def __str__(self) -> str:
        verdict = "fails" if self.has_failed else "DOES NOT FAIL"
        return f"{self.name}: {TESTS[self.name]} {verdict}: {self.said}"


def try_test(name: str) -> Tried:
    """Run the test of one design with that design in the till's place, until it first fails."""
    test = TESTS[name]
    options = ["-m", "pytest", "-n", "0", "-x", "-p", "no:cacheprovider", "--tb=short", "-k"]
    done = subprocess.run(
        [sys.executable, *options, test, str(places()[test])],
        cwd=ROOT,
        env=os.environ | {PLANTED: name, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    said = next(_complaints(done.stdout), f"pytest ended with {done.returncode}")
    return Tried(name, done.returncode == _FAILED and "\nFAILED " in done.stdout, said)


def _complaints(text: str) -> Iterator[str]:
    """The errors' own lines, in a plain traceback and in one of a group."""
    for line in text.splitlines():
        told = re.fullmatch(
            r"(?:E|\s*\|)\s+((?:[\w.]*(?:Error|Interrupt)|Failed|assert)\b.*)", line
        )
        if told:
            yield told[1]


def run_tests(processes: int, *, only: str = "") -> int:
    """Every design with its own test; a line for each and one at the end."""
    names = [name for name in TESTS if only in ("", name)]
    failed = 0
    with ThreadPoolExecutor(max(1, processes)) as pool:
        for tried in pool.map(try_test, names):
            failed += tried.has_failed
            sys.stdout.write(f"{tried}\n")
            sys.stdout.flush()
    designs = len(DESIGNS) if not only else 1
    sys.stdout.write(f"{failed} of {designs} bad designs make an ordinary test of their own fail\n")
    return 0 if failed == designs else 1
