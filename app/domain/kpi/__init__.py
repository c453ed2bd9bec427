"""The figures by which the trade measures itself (F01 to F38): one registry, and what is counted over many shops."""
