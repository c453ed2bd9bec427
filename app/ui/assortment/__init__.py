"""A shop's assortment and what became of its advice, as the visit and the customer page show them."""
