"""Reads resources/playbooks into domain objects; refuses a bad file with its name and line."""
