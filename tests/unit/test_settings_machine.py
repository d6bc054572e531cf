"""The settings that an administrator rolls out to many tills."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cashier import settings
from cashier.domain.failure import CashierError, Failure
from cashier.paths import machine_settings
from cashier.settings import Settings


def written(path: Path, **values: Any) -> Path:
    path.write_text(json.dumps({"cashier_settings": 1, **values}), encoding="utf-8")
    return path


def test_a_new_till_begins_with_the_settings_of_the_machine(tmp_path: Path) -> None:
    machine = written(tmp_path / "machine.json", shop_name="Лавка", till_number=7)
    found = settings.load(tmp_path / "settings.json", machine=machine)
    assert found == Settings(shop_name="Лавка", till_number=7)


def test_a_till_with_settings_of_its_own_keeps_them(tmp_path: Path) -> None:
    machine = written(tmp_path / "machine.json", shop_name="Лавка", till_number=7)
    own = written(tmp_path / "settings.json", till_number=2)
    assert settings.load(own, machine=machine) == Settings(till_number=2)


def test_no_file_of_the_machine_means_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "own", machine=tmp_path / "none") == Settings()


@pytest.mark.parametrize("name", ["api_key", "key", "nonsense"])
def test_what_is_no_setting_is_refused_so_that_no_key_is_rolled_out(
    tmp_path: Path, name: str
) -> None:
    machine = written(tmp_path / "machine.json", **{name: "secret"})
    with pytest.raises(CashierError) as caught:
        settings.load(tmp_path / "own", machine=machine)
    assert caught.value.failure is Failure.SETTINGS_DAMAGED
    assert caught.value.facts == {"path": str(machine), "field": name}


def test_a_value_out_of_range_is_refused_as_in_a_tills_own(tmp_path: Path) -> None:
    machine = written(tmp_path / "machine.json", till_number=0)
    with pytest.raises(CashierError) as caught:
        settings.load_machine(machine)
    assert caught.value.facts["field"] == "till_number"


def test_a_program_that_is_not_installed_has_no_settings_of_a_machine() -> None:
    assert machine_settings() is None
