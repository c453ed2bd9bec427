"""Runs head office's migrations on the connection that `headoffice.database` hands over."""

from alembic import context

from app.headoffice import access_models
from app.headoffice.models import METADATA

_TABLES = access_models

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
