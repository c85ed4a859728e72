"""Runs the migrations on the connection that ``storage.database.migrate`` has opened and locked."""

from alembic import context

from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # on SQLite too: BEGIN is ours there
)
with context.begin_transaction():
    context.run_migrations()
