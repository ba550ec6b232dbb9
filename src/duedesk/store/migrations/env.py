"""What Alembic runs: the migrations, on the connection it is handed."""

from alembic import context

from duedesk.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
