"""Work off the GUI thread, and how its outcome comes back."""
