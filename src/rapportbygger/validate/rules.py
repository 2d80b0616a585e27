"""A JSON Schema to check by, which remembers what was valid by it."""

from __future__ import annotations

from rapportbygger.diagnostics import Problems
from rapportbygger.memory import Past
from rapportbygger.model import Data
from rapportbygger.validate import schema_problems

_KIND = "valid"


class Rules:
    """The rules of a schema: what is valid by them is not checked again, in this run or the next."""

    def __init__(self, schema: Data, past: Past) -> None:
        self.schema, self._past = schema, past
        self._key = past.key(schema.value)

    def problems(self, data: Data) -> tuple[schema_problems.Found, ...]:
        """Everything wrong with the data, as `schema_problems.problems` tells it."""
        key = self._past.key(self._key, data.value)
        if self._past.get(_KIND, key):
            return ()
        found = schema_problems.problems(data, self.schema)
        if not found:
            self._past.put(_KIND, key, b"1")
        return found

    def own_problems(self) -> Problems:
        """Everything wrong with the schema itself."""
        if self._past.get(_KIND, self._key):
            return ()
        found = schema_problems.schema_problems(self.schema)
        if not found:
            self._past.put(_KIND, self._key, b"1")
        return found
