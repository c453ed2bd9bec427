"""The visit, from the brief to the wrap-up, in eight steps."""
