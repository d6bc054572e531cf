"""How Alembic reaches a journal: on the connection it is given, in that connection's transaction.

Offline it writes the SQL of the dialect named by `config.attributes["dialect"]`.
"""

from __future__ import annotations

from alembic import context

from cashier.journal.schema import metadata

connection = context.config.attributes.get("connection")
if connection is not None:
    context.configure(connection=connection, target_metadata=metadata)
else:
    context.configure(
        dialect_name=context.config.attributes["dialect"],
        target_metadata=metadata,
        literal_binds=True,
    )
with context.begin_transaction():
    context.run_migrations()
