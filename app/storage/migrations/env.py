"""Runs the migrations on the connection that `storage.schema` hands over."""

from alembic import context

from app.models import customer, exchange, forecast, local, plan, search, sync_state, target, trade, visit
from app.models.base import Base

_TABLES = (customer, exchange, forecast, local, plan, search, sync_state, target, trade, visit)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
