"""How much to order: periodic review with the forecast's own error, caps met exactly, and what to carry at all.

Arrays hold one entry per SKU of a shop, quantities are whole 条, money is in minor units. Suggestions only.
"""
