"""Month plans on the Iowa territories, beside what managers do by hand."""
