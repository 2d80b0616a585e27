"""The design of the Word templates that come with the project, and the parts of a .docx it is written to.

Run by `tools/word_template.py`. Lengths are Word's: twips (1/20 pt) for spacing and indents, half points for font
sizes, eighths of a point for rules.
"""
