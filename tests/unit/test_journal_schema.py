"""The tables: one truth in the metadata and in the migrations, in both dialects."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import postgresql

from cashier.domain.payment import LIVE
from cashier.domain.refund import HOLDING, UNSETTLED
from cashier.journal import names, schema, upgrade
from cashier.journal.guards import BUDGET, GUARDS
from cashier.journal.sqlite import dispose, open_writer

_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's gap


def _objects(path: Path) -> dict[str, list[str]]:
    """Every table, index and trigger, as a set of words without their order in the text."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = {name: sorted(re.findall(r"[^\s(),]+|[()]", sql)) for name, sql in rows}
    connection.close()
    return found


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    return config


def test_a_fresh_journal_equals_a_migrated_one(tmp_path: Path) -> None:
    fresh = open_writer(tmp_path / "fresh.db", busy=0)
    with fresh.begin():
        upgrade.create(fresh)
        assert upgrade.version(fresh) == schema.HEAD
    dispose(fresh)
    migrated = open_writer(tmp_path / "migrated.db", busy=0)
    upgrade.migrate(migrated)
    with migrated.begin():
        assert upgrade.version(migrated) == schema.HEAD
    dispose(migrated)

    made = _objects(tmp_path / "fresh.db")
    assert made == _objects(tmp_path / "migrated.db")
    assert set(made) >= {guard.name for guard in GUARDS} | set(schema.metadata.tables)


def test_the_head_that_fresh_journals_are_stamped_with_is_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == schema.HEAD


def test_the_tables_and_guards_compile_for_postgresql() -> None:
    statements: list[str] = []

    def collect(ddl: Any, *_: object, **__: object) -> None:
        statements.append(str(ddl.compile(dialect=_POSTGRESQL)))

    engine = create_mock_engine("postgresql+psycopg://", collect)
    schema.metadata.create_all(engine, checkfirst=False)
    text = "\n".join(statements)
    assert text.count("CREATE TABLE") == len(schema.metadata.tables) + 1  # payment_names
    assert text.count("EXECUTE FUNCTION refuse(") == len(GUARDS)
    assert text.count("EXECUTE FUNCTION refuse_over_budget()") == 1
    assert "CREATE UNIQUE INDEX one_live_attempt ON payments (receipt_id) WHERE state IN" in text
    assert "WHERE NOT is_result_seen" in text
    partial = [one for one in statements if "INDEX" in one and " WHERE " in one]
    assert len(partial) == sum(
        index.dialect_options["sqlite"]["where"] is not None
        for table in schema.metadata.tables.values()
        for index in table.indexes
    )
    assert "RAISE(ABORT" not in text


def test_the_migration_writes_the_same_statements_for_postgresql() -> None:
    config = _config()
    config.attributes["dialect"] = "postgresql"
    config.output_buffer = io.StringIO()
    command.upgrade(config, "head", sql=True)
    text = config.output_buffer.getvalue()
    others = ["payment_names", "alembic_version"]
    assert text.count("CREATE TABLE") == len(schema.metadata.tables) + len(others)
    assert text.count("EXECUTE FUNCTION refuse(") == len(GUARDS)
    assert text.count("EXECUTE FUNCTION refuse_over_budget()") == 1
    assert "RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]" in text


def test_the_index_of_live_attempts_covers_exactly_the_live_states() -> None:
    index = next(i for i in schema.payments.indexes if i.name == "one_live_attempt")
    where = str(index.dialect_options["sqlite"]["where"])
    assert set(re.findall(r"'(\w+)'", where)) == {state.value for state in LIVE}


def test_opening_a_current_journal_imports_no_more_of_sql_than_it_speaks(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from cashier.clock import SystemClock\n"
        "from cashier.journal.journal import Journal\n"
        "for _ in range(2):\n"
        "    Journal.open(sys.argv[1], till='1', clock=SystemClock()).close()\n"
        "unused = ('alembic', 'sqlalchemy.orm', 'sqlalchemy.dialects.postgresql')\n"
        "sys.exit(any(name in sys.modules for name in unused))\n"
    )
    url = f"sqlite:///{tmp_path / 'journal.db'}"
    assert subprocess.run([sys.executable, "-c", program, url], check=False).returncode == 0


def _states_of(index: str, table: str) -> set[str]:
    found = next(i for i in schema.metadata.tables[table].indexes if i.name == index)
    return set(re.findall(r"'(\w+)'", str(found.dialect_options["sqlite"]["where"])))


def test_the_index_of_unsettled_refunds_covers_exactly_the_unsettled_states() -> None:
    assert _states_of("one_unsettled_refund", "refunds") == {one.value for one in UNSETTLED}


def test_the_words_of_goods_are_kept_under_the_same_name_in_both_databases() -> None:
    made = {dialect for dialect, statement in names.TABLES if "payment_names" in statement}
    assert made == {"sqlite", "postgresql"}


def test_the_budget_counts_exactly_the_states_in_which_money_may_have_gone_back() -> None:
    for dialect, statement in BUDGET:
        if "EXECUTE FUNCTION" in statement:
            continue
        for states in re.findall(r"state IN \(([^)]*)\)", statement):
            assert set(re.findall(r"\w+", states)) == {one.value for one in HOLDING}, dialect
