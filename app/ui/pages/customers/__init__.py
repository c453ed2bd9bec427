"""The customers: the list, and the profile of one of them."""
