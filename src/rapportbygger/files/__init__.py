"""A project's files: found, read, and YAML with the place of every value."""
