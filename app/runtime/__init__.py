"""What the machine gives: folders, resources, settings, logs, clock, ids. Imports nothing else of ours."""
