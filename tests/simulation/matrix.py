"""The 101 rows of the failure model, and what covers each: the simulation, a named test, or both.

`met` are the simulation's counters that show the row was met; `test` is a test of its own, by its
name; `replaced` says why decisions.md leaves the row out. `tests/test_simulation.py` keeps this
table true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

LETTERS = {"G": 28, "T": 4, "P": 15, "W": 14, "C": 10, "R": 30}
"""How many rows each part of the model has."""


@dataclass(frozen=True, slots=True)
class Row:
    """What covers one row."""

    test: str = ""
    met: tuple[str, ...] = ()
    replaced: str = ""
    is_open: bool = False


def _met(*counters: str, test: str) -> Row:
    return Row(test=test, met=counters)


def _each(form: str, *faults: str) -> tuple[str, ...]:
    return tuple(form.format(fault) for fault in faults)


_CHANGES = ("CreatePayment", "ClosePayment", "CreateRefund")
_SILENCES = ("lost", "lost answer", "late", "reset")

MATRIX: dict[str, Row] = {
    "G1": _met(
        "death before a commit, no payment under way",
        test="test_g1_killed_before_the_intent_is_committed",
    ),
    "G2": _met(
        "death after payment.added PREPARED",
        test="test_g2_killed_between_prepared_and_sending_is_provably_unsent",
    ),
    "G3": _met(
        "death before the bytes of CreatePayment",
        test="test_g3_g4_what_was_being_sent_is_looked_up_and_never_sent_again",
    ),
    "G4": _met(
        "death after the bytes of CreatePayment",
        test="test_g3_g4_what_was_being_sent_is_looked_up_and_never_sent_again",
    ),
    "G5": _met(
        "death after the answer to CreatePayment",
        "death after answer.kept CreatePayment",
        test="test_g5_an_answer_that_was_not_committed_is_found_again",
    ),
    "G6": _met(
        "death after a result",
        test="test_g6_killed_before_the_result_is_shown_shows_it_at_the_next_start",
    ),
    "G7": Row(test="test_g7_a_kill_during_writes_loses_no_acknowledged_commit"),
    "G8": _met(
        "G8 disk full", test="test_g8_no_new_payment_while_space_is_short_but_open_ones_finish"
    ),
    "G9": Row(test="test_g9_after_an_io_error_the_handle_is_never_used_again"),
    "G10": _met(
        "G10 journal busy", test="test_g10_nothing_is_sent_that_could_not_be_written_first"
    ),
    "G11": Row(test="test_g11_a_damaged_file_is_refused_and_kept"),
    "G12": Row(test="test_g12_an_old_copy_is_refused"),
    "G13": Row(test="test_g13_a_second_process_is_turned_away_until_the_first_is_dead"),
    "G14": _met(
        "G14 G15 clock jump",
        test="test_r16_g14_the_minute_between_two_reads_is_no_matter_of_the_wall_clock",
    ),
    "G15": _met("G14 G15 clock jump", test="test_g15_a_wake_from_sleep_asks_at_once"),
    "G16": _met(
        "G16 link down", test="test_p2_g16_nothing_left_is_sent_again_twice_with_the_same_order_id"
    ),
    "G17": _met(
        "G17 key refused",
        test="test_g17_a_refused_key_stops_sending_and_is_asked_again_once_a_minute",
    ),
    "G18": _met(
        *_each("CreatePayment {}", "500", "500 done"),
        test="test_g18_g21_an_unreadable_answer_is_unknown_and_then_found",
    ),
    "G19": _met(
        "CreatePayment refused",
        test="test_g19_g20_a_readable_refusal_is_final_whatever_its_http_status",
    ),
    "G20": _met(
        "CreatePayment refused 200",
        test="test_g19_g20_a_readable_refusal_is_final_whatever_its_http_status",
    ),
    "G21": _met(
        *_each("CreatePayment {}", "html", "html done"),
        test="test_g21_an_unreadable_answer_under_200_is_unknown",
    ),
    "G22": _met(
        "G22 unknown status", test="test_g22_an_unknown_status_is_still_waiting_and_leaves_a_trace"
    ),
    "G23": _met(
        *_each("{} lost", *_CHANGES),
        test="test_g23_a_dripping_answer_is_unknown_at_the_total_deadline",
    ),
    "G24": Row(
        test="test_g24_a_kept_connection_that_died_meanwhile_is_replaced_before_anything_is_sent"
    ),
    "G25": _met(
        *_each("{} redirect", *_CHANGES), test="test_g25_a_redirect_is_unknown_and_never_followed"
    ),
    "G26": Row(test="test_g26_a_sale_cut_off_at_any_commit_ends_paid_once"),
    "G27": Row(test="test_g27_a_migration_that_fails_changes_nothing"),
    "G28": Row(test="test_g28_open_payments_are_counted_and_carry_their_merchant_and_address"),
    "T1": _met("T1 CreateTerminal in trouble", test="test_t1_two_presses_create_one_terminal"),
    "T2": Row(test="test_t2_an_alias_that_exists_is_added_not_created_again"),
    "T3": Row(test="test_t3_another_alias_or_name_in_the_answer_is_no_error"),
    "T4": Row(test="test_t4_a_terminal_that_the_gateway_lost_is_marked_and_never_made_again"),
    "P1": _met("P1 pressed twice", test="test_p1_two_presses_make_one_payment"),
    "P2": _met(
        "CreatePayment ns",
        test="test_p2_g16_nothing_left_is_sent_again_twice_with_the_same_order_id",
    ),
    "P3": _met(
        "move UNKNOWN OPEN", test="test_p3_lost_answer_is_found_by_the_order_and_never_sent_again"
    ),
    "P4": _met("P4 not found though there", test="test_p4_not_found_right_after_is_no_proof"),
    "P5": _met(
        "move UNKNOWN ABANDONED",
        test="test_p5_created_late_by_a_queued_request_is_found_and_closed",
    ),
    "P6": _met(
        *_each("GetPaymentByOrder {}", "foreign", "amount"),
        test="test_p6_a_look_up_with_another_sum_is_quarantined",
    ),
    "P7": _met(
        "sent CreatePayment", test="test_p7_once_found_a_payment_is_read_by_its_own_id_alone"
    ),
    "P8": _met(
        "CreatePayment amount", test="test_p8_another_sum_in_the_answer_is_closed_and_never_shown"
    ),
    "P9": _met(
        "CreatePayment foreign",
        test="test_p9_an_answer_about_another_order_is_never_taken_for_ours",
    ),
    "P10": _met("CreatePayment unsure", test="test_p10_a_duplicate_transaction_is_looked_up"),
    "P11": _met(
        "CreatePayment url", test="test_p11_a_foreign_payment_page_is_never_shown_and_closed"
    ),
    "P12": _met(
        "CreatePayment strange",
        test="test_p12_paid_in_the_first_answer_is_believed_after_a_second_read",
    ),
    "P13": Row(test="test_p13_what_cannot_be_paid_is_refused_before_anything_is_written_or_sent"),
    "P14": Row(replaced="no cash, and no limit of attempts"),
    "P15": Row(
        test="test_w12_a_static_terminal_takes_one_live_payment",
        replaced="a static terminal takes one live payment; an unknown one is live",
    ),
    "W1": _met(
        "death with a payment OPEN", test="test_w1_a_payment_under_way_is_asked_about_first"
    ),
    "W2": _met("GetPayment ns", test="test_w2_polls_that_fail_for_minutes_end_nothing"),
    "W3": _met(
        "W3 paid in the last second", test="test_w3_w4_paid_around_the_expiry_is_never_missed"
    ),
    "W4": _met("W4 paid after expiry", test="test_w3_w4_paid_around_the_expiry_is_never_missed"),
    "W5": _met(
        "W5 regression refused", test="test_w5_paid_stays_paid_whatever_the_gateway_says_later"
    ),
    "W6": _met(
        "move FAILED PAID",
        test="test_w6_failed_then_paid_completes_the_sale_while_it_is_at_the_till",
    ),
    "W7": _met("GetPayment foreign", test="test_w7_an_answer_about_another_payment_is_a_mismatch"),
    "W8": _met("GetPayment amount", test="test_w8_success_with_another_sum_is_quarantined"),
    "W9": _met(
        "death after a result",
        test="test_g6_w9_a_paid_result_nobody_saw_is_shown_at_the_start_until_it_is_seen",
    ),
    "W10": _met(
        "GetPayment not found",
        test="test_w10_a_known_id_that_is_not_found_is_looked_up_by_its_order",
    ),
    "W11": Row(replaced="nobody releases goods without the gateway's word"),
    "W12": _met(
        "W12 two receipts wait at once",
        test="test_w12_several_receipts_wait_at_once_and_are_never_mixed",
    ),
    "W13": Row(test="test_two_tills_that_move_one_payment_at_once_do_not_lose_a_move"),
    "W14": _met(
        "W14 paid partly in bonuses", test="test_w14_funds_and_bonuses_are_kept_as_answered"
    ),
    "C1": _met(
        "ClosePayment ns", test="test_c1_c7_a_cancel_without_a_link_is_sent_when_there_is_one"
    ),
    "C2": _met(
        *_each("ClosePayment {}", *_SILENCES),
        test="test_c2_a_cancel_without_an_answer_is_closed_only_by_a_read",
    ),
    "C3": _met(
        "C3 close answers init",
        "C3 not closed though answered",
        test="test_c3_an_answer_that_says_closed_is_not_believed",
    ),
    "C4": _met(
        "C4 the payer is paying", test="test_c4_a_payer_who_has_begun_keeps_the_payment_open"
    ),
    "C5": _met("C5", test="test_c5_a_close_of_a_paid_payment_ends_paid"),
    "C6": _met("C6", test="test_c6_a_close_of_a_failed_payment_ends_failed"),
    "C7": _met(
        "ClosePayment ns", test="test_c1_c7_a_cancel_without_a_link_is_sent_when_there_is_one"
    ),
    "C8": _met("move CLOSED LATE_PAID", test="test_c8_money_after_a_proven_cancel_becomes_a_task"),
    "C9": Row(
        test="test_c9_no_new_qr_while_the_old_one_is_being_cancelled",
        replaced="no override: a new QR needs the old one proved dead",
    ),
    "C10": Row(replaced="no cash"),
    "R1": _met("R1 refund pressed twice", test="test_r1_two_presses_make_one_refund"),
    "R2": Row(test="test_r2_two_tills_refund_one_payment_a_thousand_times_and_never_exceed_it"),
    "R3": _met("CreateRefund ns", test="test_r3_what_never_left_is_sent_only_by_a_press"),
    "R4": _met(
        *_each("CreateRefund {}", *_SILENCES),
        test="test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again",
    ),
    "R5": _met(
        *_each("CreateRefund {}", "500", "500 done"),
        test="test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again",
    ),
    "R6": _met(
        *_each("CreateRefund {}", "html", "html done", "no id"),
        test="test_r4_r5_r6_without_a_clear_answer_it_is_unknown_and_never_sent_again",
    ),
    "R7": _met(
        "death with a refund SENDING",
        test="test_r7_a_crash_while_sending_becomes_a_task_and_is_never_resumed",
    ),
    "R8": _met("CreateRefund refused", test="test_r8_a_sure_refusal_frees_the_sum"),
    "R9": _met("CreateRefund unsure", test="test_r9_r10_a_doubtful_refusal_is_unknown"),
    "R10": _met("CreateRefund unsure", test="test_r9_r10_a_doubtful_refusal_is_unknown"),
    "R11": _met(
        "CreateRefund foreign",
        "CreateRefund lost id",
        test="test_r11_r12_an_answer_about_something_else_is_unknown_and_links_nothing",
    ),
    "R12": _met("CreateRefund amount", test="test_r12_the_larger_of_two_sums_is_held"),
    "R13": _met("CreateRefund taken id", test="test_r13_one_number_of_the_gateway_counts_once"),
    "R14": _met(
        "refund SENDING ACCEPTED",
        test="test_r14_accepted_is_money_on_the_way_and_followed_until_it_is_done",
    ),
    "R15": Row(test="test_r15_after_a_day_it_is_a_task_and_never_failed_by_age"),
    "R16": _met(
        "R16 fails once", test="test_r16_a_failure_is_believed_after_two_reads_a_minute_apart"
    ),
    "R17": _met(
        "R17 success after a failure",
        test="test_r17_success_after_a_failure_is_taken_in_and_may_overdraw_the_budget",
    ),
    "R18": _met("GetRefund regression", test="test_r18_done_stays_done"),
    "R19": _met("GetRefund foreign", test="test_r19_an_answer_about_another_refund_is_thrown_away"),
    "R20": _met("R20 more than is left", test="test_r20_what_cannot_go_back_is_refused_here"),
    "R21": _met(
        "R21 adopted",
        test="test_r21_a_foreign_payment_is_adopted_and_refunded_only_after_a_manager_spoke",
    ),
    "R22": _met(
        "R22 entered by its number",
        test="test_r22_a_refund_made_in_the_cabinet_lowers_the_budget",
    ),
    "R23": Row(replaced="one manager and a reason; no second person"),
    "R24": _met(
        "R24 found in the cabinet",
        test="test_r24_an_unknown_refund_is_found_by_its_number_and_proved",
    ),
    "R25": _met(
        "R25 not executed",
        "R25 too early",
        test="test_r25_not_executed_may_be_said_after_half_an_hour_only",
    ),
    "R26": Row(test="test_r26_more_of_a_line_than_was_sold_is_refused"),
    "R27": _met("R27 late money goes back", test="test_r27_late_money_is_refunded_the_same_way"),
    "R28": _met(
        "R28 the same sum again",
        test="test_r28_a_second_refund_of_the_same_sum_is_lawful_and_differs_by_its_tag",
    ),
    "R29": Row(test="test_r29_a_server_that_is_away_blocks_until_it_is_back"),
    "R30": Row(test="test_r30_another_currency_is_refused"),
}


def times(row: str, met: Counter[str]) -> int:
    """How often the simulation has met a row."""
    return sum(met[counter] for counter in MATRIX[row].met)


def lines(met: Counter[str]) -> Iterator[str]:
    """The rows that the simulation can meet, with how often it has."""
    rows = [row for row, covered in MATRIX.items() if covered.met]
    for start in range(0, len(rows), 8):
        yield "  ".join(f"{row:>3} {times(row, met):<8}" for row in rows[start : start + 8])
    few = [row for row in rows if times(row, met) < 1000]
    yield f"{len(rows)} rows can be met here; fewer than 1,000 times: {', '.join(few) or 'none'}"
