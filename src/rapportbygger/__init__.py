"""Final reports in Word and PDF from Markdown chapters and structured data."""

__version__ = "0.1.0"
