"""Bringing files of head office in: customers, products, order lines."""
