"""The item types and variables of CSL 1.0.2 (specification, appendices III and IV), and those that programs write."""

from __future__ import annotations

TYPES = frozenset((
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
))  # fmt: skip
NAMES = frozenset((
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
    "reviewed-author", "script-writer", "series-creator", "translator",
))  # fmt: skip
DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
VARIABLES = frozenset((
    "DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "abstract", "annote", "archive", "archive-place",
    "archive_collection", "archive_location", "authority", "call-number", "chapter-number", "citation-label",
    "collection-number", "collection-title", "container-title", "container-title-short", "dimensions", "division",
    "edition", "event-place", "event-title", "first-reference-note-number", "genre", "issue", "jurisdiction", "keyword",
    "language", "license", "locator", "medium", "note", "number", "number-of-pages", "number-of-volumes",
    "original-publisher", "original-publisher-place", "original-title", "page", "page-first", "part-number",
    "part-title", "printing-number", "publisher", "publisher-place", "references", "reviewed-genre", "reviewed-title",
    "scale", "section", "source", "status", "supplement-number", "title", "title-short", "version", "volume",
    "volume-title", "year-suffix",
))  # fmt: skip
