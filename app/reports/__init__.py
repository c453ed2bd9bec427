"""PDFs and drawings from plain data."""
