"""The encrypted local store: engine, sessions, migrations, backups, photo files, keys."""
