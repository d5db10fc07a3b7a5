"""Private papers people hand in (a certificate, a signed receipt, a mandate): checked, kept by content, served to few."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.products.photos import store

MAX_FILE = 10 * 1024 * 1024


class FileRefused(Refusal):
    code = "permit_file_refused"
    message = _("“%(name)s” bukan PDF, JPEG, PNG, atau HEIC yang utuh (paling besar 10 MB).")
    status = 422


def keep(data: bytes, name: str, *, folder: str) -> str:
    """Keep a PDF as it is, a picture as a clean JPEG without its metadata; the name below MEDIA_ROOT.

    Raises FileRefused, DiskFull. Never inside a transaction: decoding may take seconds.
    """
    if len(data) > MAX_FILE:
        raise FileRefused(name=name)
    if data[:5] == b"%PDF-":
        if b"%%EOF" not in data[-2048:]:
            raise FileRefused(name=name)
        store.check_room()
        return _keep(data, folder, "pdf")
    try:
        return _keep(store.decode(data, name).data, folder, "jpg")
    except store.PhotoRefused as refused:
        raise FileRefused(name=name) from refused


def _keep(data: bytes, folder: str, suffix: str) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{folder}/{sha256[:2]}/{sha256}.{suffix}"
    final = Path(settings.MEDIA_ROOT) / name
    if not final.is_file():
        with store.bench() as place:
            made = place / folder
            made.write_bytes(data)
            store.keep(made, final)
    return name


def answer(name: str, shown: str) -> FileResponse:
    """The file as a download that can run nothing. Raises Http404."""
    path = Path(settings.MEDIA_ROOT) / name if name else None
    if path is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{shown}{path.suffix}")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
