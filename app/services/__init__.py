"""The use-cases: one public method is one transaction, and plain data comes out."""
