"""Charts: Vega-Lite specifications with data, drawn as SVG in the report's own look.

Nothing here is imported before a report has a chart; V8, which draws them, lives in a process of its own.
"""
