"""A resolved document as a finished Word file: `body` is prepared, `assemble`d into the template, and `finish`ed."""
