"""The 30 security controls of reliability.md §5, as decisions.md reads them, and what holds each.

`tests` are names of tests that fail when the control does not hold. `replaced`: what decisions.md
has instead of a part of it. `beyond`: what no test here can show, and who has to.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """One row. Without a test it has to say why."""

    what: str
    tests: tuple[str, ...] = ()
    replaced: str = ""
    beyond: str = ""


CONTROLS: dict[int, Control] = {
    1: Control(
        "the key only in the system's key store, or a clear refusal",
        (
            "test_only_a_store_that_encrypts_is_used",
            "test_a_store_that_keeps_nothing_is_refused",
            "test_without_a_store_real_money_is_refused",
            "test_without_a_store_training_keeps_its_keys_in_a_file_of_the_owner",
            "test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything",
        ),
        replaced="§8: where there is no store, a file of the owner, for training only",
    ),
    2: Control(
        "the key store is no wall against the same user: folders are the till's user's alone",
        (
            "test_only_its_owner_can_read_a_journal",
            "test_only_its_owner_can_read_a_copy",
            "test_only_its_owner_can_read_what_was_restored",
            "test_only_the_owner_may_read_the_file",
            "test_the_file_rotates_and_is_the_owners",
        ),
        beyond="Windows' lists of rights: installer/proof.py on Windows; wine has none. That the "
        "till runs under an account of its own is the shop's to arrange, and README says so",
    ),
    3: Control(
        "no secret in the repository, logs, crash reports, copies",
        (
            "test_no_secret_is_in_the_repository",
            "test_a_secret_would_be_found",
            "test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything",
            "test_the_key_is_in_no_log_no_repr_and_no_outcome",
            "test_no_canary_is_in_the_whole_file",
        ),
    ),
    4: Control(
        "the guide's test merchant in training only, under a band",
        (
            "test_the_demo_merchant_is_for_training_only",
            "test_training_is_a_gateway_on_this_machine",
        ),
        replaced="§5: training is a loopback address, not a flag; its band is amber",
    ),
    5: Control(
        "the log writes named fields only, and hides what is registered",
        (
            "test_only_allowed_fields_are_written",
            "test_a_registered_secret_is_nowhere",
            "test_a_random_secret_is_nowhere",
            "test_the_key_is_hidden_in_every_form_in_which_it_travels",
        ),
    ),
    6: Control(
        "nobody forges a line of the log",
        ("test_whatever_is_logged_stays_on_its_line", "test_a_forged_line_cannot_be_made"),
    ),
    7: Control(
        "every text on the screen is plain",
        (
            "test_every_text_on_the_screen_comes_from_the_plain_label",
            "test_markup_in_every_name_is_shown_literally_in_every_window",
            "test_markup_from_outside_is_shown_literally",
            "test_cut_text_has_a_literal_tip_and_whole_text_has_none",
        ),
    ),
    8: Control(
        "no address is opened from data; a QR code only of an allowed https host",
        (
            "test_no_address_is_opened_but_trainings_own_payment_page_and_folders",
            "test_p11_which_address_may_become_a_qr_code",
        ),
    ),
    9: Control(
        "the gateway's words are quoted under the till's own sentence",
        (
            "test_every_refusal_code_is_a_sentence",
            "test_an_unknown_refusal_quotes_the_gateway_on_one_line",
            "test_every_bank_code_has_its_own_heading_and_something_to_say",
        ),
    ),
    10: Control(
        "TLS 1.2 or newer, verified, no override",
        (
            "test_another_hosts_certificate_is_refused",
            "test_g14_an_expired_certificate_is_refused_and_named",
            "test_a_self_signed_certificate_is_refused",
            "test_an_unknown_authority_is_refused",
            "test_tls_1_1_is_refused",
            "test_plain_http_is_for_loopback_only",
            "test_such_a_line_would_be_found",
        ),
    ),
    11: Control(
        "no proxy and no certificates from the environment",
        (
            "test_certificates_from_the_environment_are_ignored",
            "test_proxies_of_the_environment_are_ignored",
        ),
    ),
    12: Control(
        "no redirect is followed",
        ("test_g25_a_redirect_is_unknown_and_never_followed",),
    ),
    13: Control(
        "SQL is parameterised",
        (
            "test_statements_of_sql_are_made_of_words_of_the_program_alone",
            "test_what_is_typed_is_a_value_and_never_a_statement",
        ),
    ),
    14: Control(
        "no formula leaves in a table",
        (
            "test_a_formula_gets_a_quote",
            "test_xlsx_holds_no_formula",
            "test_csv_has_a_bom_semicolons_and_decimal_commas",
        ),
        beyond="opened by another library; LibreOffice and Excel were not tried",
    ),
    15: Control(
        "tables that are read in are limited",
        replaced="nothing is imported: the cabinet's tables are left out by §2, and this version "
        "has no catalogue of goods",
    ),
    16: Control(
        "PINs as Argon2id, six digits above the cashier",
        (
            "test_pins_are_kept_as_argon2id_at_the_cost_that_was_decided",
            "test_a_higher_role_needs_a_longer_pin",
            "test_a_pin_is_in_no_log_event_repr_or_exception",
        ),
        replaced="§6: no pepper; README says what a thief of the journal gains",
    ),
    17: Control(
        "wrong PINs shut the door, whatever the clock and a restart",
        (
            "test_five_wrong_pins_shut_the_door_even_for_the_right_one",
            "test_each_further_wrong_pin_doubles_the_time_up_to_a_quarter_of_an_hour",
            "test_a_restart_does_not_open_the_door_and_the_time_while_off_does_not_count",
            "test_a_clock_that_is_put_forward_or_back_opens_nothing",
            "test_wrong_pins_shut_the_door_of_a_copy_too",
        ),
        replaced="§6: the remaining time runs only while the till does, for each person",
    ),
    18: Control(
        "rights are checked in the services",
        (
            "test_whoever_lacks_the_right_is_refused_before_anything_is_written_or_sent",
            "test_every_right_has_a_use_case_and_every_use_case_that_is_approved_is_here",
            "test_every_role_has_exactly_its_rights",
        ),
    ),
    19: Control(
        "two people for what frees money",
        (
            "test_the_lowest_role_with_the_right_passes_by_a_pin_where_one_is_asked_each_time",
            "test_r25_not_executed_may_be_said_after_half_an_hour_only",
        ),
        replaced="§2: one manager, with PIN and reason, half an hour after sending",
    ),
    20: Control(
        "two idle minutes lock the till; a refund asks for a PIN each time",
        (
            "test_two_minutes_without_a_key_are_told_once",
            "test_the_roles_have_the_rights_that_were_decided_and_those_over_money_ask_for_a_pin",
        ),
        replaced="decisions: never while a QR code or a refund is on screen",
    ),
    21: Control(
        "a changed or cut journal is found at the start, at a copy and by command",
        (
            "test_g11_every_flipped_byte_of_every_event_is_found",
            "test_g12_an_old_copy_is_refused",
            "test_g12_the_journal_that_was_replaced_cannot_be_put_back",
            "test_a_copy_of_a_changed_journal_does_not_count",
            "test_g11_the_journal_is_checked_and_a_changed_byte_is_named",
        ),
        replaced="§7: plain SHA-256 and one anchor file",
    ),
    22: Control(
        "the journal and its copies are their owner's, and hold no key",
        (
            "test_only_its_owner_can_read_a_journal",
            "test_only_its_owner_can_read_a_copy",
            "test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything",
        ),
        beyond="icacls needs Windows; copies are not encrypted, as §7 does not ask for it",
    ),
    23: Control(
        "nothing runs what was read",
        (
            "test_nothing_runs_what_was_read_and_nothing_goes_through_a_shell",
            "test_such_a_line_would_be_found",
        ),
    ),
    24: Control(
        "dependencies are pinned with hashes",
        (
            "test_every_version_is_pinned_with_its_hashes_and_no_registry_is_named",
            "test_both_systems_have_a_file_for_every_purpose",
            "test_the_pins_are_what_the_project_asks_for",
        ),
        beyond="the parts list is made by installer/notices.py at every build; pip-audit runs in "
        "the workflow, which needs the internet",
    ),
    25: Control(
        "one folder, not writable for users where installed per machine",
        (
            "test_one_folder_is_frozen_and_never_one_file",
            "test_the_per_machine_install_gives_users_no_right_to_write",
        ),
        beyond="installer/proof.py installs, sells with and removes it by wine; that a user cannot "
        "write into Program Files, and that no library is loaded from beside the data, only "
        "Windows can show",
    ),
    26: Control(
        "the program and Setup are signed, an older version is refused",
        ("test_what_was_signed_is_checked_and_an_older_version_is_refused",),
        beyond="installer/proof.py verifies with osslsigncode and a self-signed certificate, finds "
        "a changed byte, and tries the refused downgrade by wine; there are no automatic updates",
    ),
    27: Control(
        "no whole card number anywhere",
        (
            "test_a_card_number_is_masked_in_any_field_of_the_kept_bytes",
            "test_an_account_keeps_its_first_six_and_last_four_digits",
            "test_every_answer_is_kept_before_it_is_read_and_masked",
            "test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything",
            "test_such_a_card_number_would_be_found",
        ),
    ),
    28: Control(
        "the key is never shown again",
        (
            "test_the_key_that_is_kept_is_in_no_widget",
            "test_the_key_that_is_kept_is_in_no_widget_of_the_whole_program",
            "test_a_new_key_is_handed_over_once_and_then_gone_from_the_screen",
        ),
        beyond="there is no window for the customer yet",
    ),
    29: Control(
        "what is too large is refused at its limit",
        (
            "test_an_answer_of_one_mebibyte_is_read_and_a_byte_more_is_not",
            "test_an_address_of_2000_signs_becomes_a_qr_code_and_a_sign_more_does_not",
            "test_field_limits_of_a_line",
            "test_field_limits_of_a_payment",
            "test_field_limits_of_a_refund",
            "test_field_limits_of_a_terminal",
            "test_an_endless_answer_is_cut_off",
        ),
        replaced="there is no queue of requests: nothing is sent later by itself",
    ),
    30: Control(
        "a crash is told in a local file, without local variables",
        (
            "test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything",
            "test_a_trace_keeps_its_places_and_its_kind_alone",
        ),
    ),
}
