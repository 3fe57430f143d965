"""Every text that a kind of report shows its clerk, in each of the languages that a kind may be in.

In come a language and the figures or names of a sentence, out comes the sentence. It knows no form
and no file; who speaks of a form hands the form's language on.
"""
