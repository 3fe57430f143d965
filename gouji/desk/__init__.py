"""The desk: a small service and its pages in a browser, for WPS and where macros are blocked.

In come requests of a browser or of WPS that the guard has let in, out go pages, findings and files.
It knows no cell and no rule: it asks `workbook`, `docgen` and `addin`, and its own rooms are the
clerk's desk, the one for WPS, and the bureau's. Only who has the extra `desk` can import it.
"""
