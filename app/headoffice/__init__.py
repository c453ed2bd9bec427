"""The head office service: takes in what laptops send, gives each manager what is theirs; not in the desktop bundle."""
