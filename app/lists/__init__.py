"""The company's lists as files: reading tables, mapping profiles, converting cells, saying what is wrong with a row.

The laptop and head office both bring such lists in; here is what is the same for both, up to the values of a row. What
becomes of the values is theirs: `app.services.imports` and `app.headoffice.office_import`.
"""
