"""The office console: server-rendered pages for the people of the office, with nothing that comes from elsewhere."""
