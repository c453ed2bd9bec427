"""Theme, fonts, icons, translations and the words for problems."""
