"""News to other programs: signed, one message a deed, tried again until it arrives or is given up.

``post`` alone reaches out; ``rules`` know no network; rows are written by ``api.actions.hooks``.
"""
