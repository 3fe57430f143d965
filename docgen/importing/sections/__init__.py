"""The sections of a report, by its headings.

In come the lines of a report and the patterns of its template, out go sections: lines of the one
beside those of the other. It reads no values.
"""
