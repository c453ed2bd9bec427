"""Settings: look and language, safety, the store and its backups, about."""
