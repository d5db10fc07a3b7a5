"""Files from one edition document: sheet (xlsx), data (JSON), blog import (Blogger), HTML to paste.

Pure: a document and its errata in, the same bytes out, on every machine and at any time. Books are the press's.
"""

from kendedes.catalogue.outputs.blogger import Dialect, blogger
from kendedes.catalogue.outputs.data import json_bytes
from kendedes.catalogue.outputs.html import edition_html, product_html
from kendedes.catalogue.outputs.sheet import xlsx

__all__ = ["Dialect", "blogger", "edition_html", "json_bytes", "product_html", "xlsx"]
