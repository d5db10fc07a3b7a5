"""What other programs read: products, editions and their schema as JSON, under ``/api/v1/``.

Words: the same as the edition document's (catalogue/schema/edition-1.json); errors are problems (RFC 9457).
Doors: ``urls``; the description for programs is ``/api/v1/openapi.json``; keys (Token) are made in the office.
Does not: write for programs, know sessions, or say without a key what the public pages do not say.
"""
