"""Tables as mapped classes, shared by laptop and head office; no queries, no sessions."""
