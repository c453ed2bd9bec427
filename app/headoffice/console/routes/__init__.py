"""The pages of the console, one topic a file."""
