"""A run all of whose letters are cancelled is cancelled, whoever cancels the last; on a file nothing stands against it.

On a server a clerk may not change the run of another, and may not even see all of its letters.
"""

from alembic import op

from duedesk.store.migrations.server_access import schema


def let_runs_close() -> None:
    """Let the server itself say of runs that they are cancelled: it says so only where no letter of them stands."""
    if op.get_bind().dialect.name != "postgresql":
        return
    here = schema()
    letters = f"SELECT 1 FROM {here}.dunning_letter l WHERE l.dunning_run_id = r.id"
    op.get_bind().exec_driver_sql(
        "CREATE FUNCTION duedesk_close_runs(runs bigint[]) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER "
        "SET search_path = pg_catalog, pg_temp AS $$"
        f"UPDATE {here}.dunning_run r SET status = 'Cancelled' WHERE r.id = ANY($1) AND r.status = 'Issued' "
        f"AND EXISTS ({letters}) AND NOT EXISTS ({letters} AND l.status = 'Issued')$$"
    )
