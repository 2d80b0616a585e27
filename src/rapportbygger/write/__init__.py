"""The resolved document, written: as a PDF, and as a Word file with the page numbers of that PDF."""
