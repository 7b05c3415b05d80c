"""Runs migrations on a connection that `models.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from models import tables  # noqa: F401 - the import registers every table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
