"""Schema changes of the local store, in order."""
