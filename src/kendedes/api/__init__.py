"""What other programs read: products, editions and their schema as JSON, under ``/api/v1/``.

Words: the same as the edition document's (catalogue/schema/edition-1.json); errors are problems (RFC 9457).
Doors: ``urls``; the description for programs is ``/api/v1/openapi.json``.
Does not: write, know sessions, or say anything the public pages do not say.
"""
