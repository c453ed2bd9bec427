"""What a measured child process runs; each file is started on its own, so it imports as little as it can."""
