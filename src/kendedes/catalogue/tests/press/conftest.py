"""One room of fonts, photos and finished parts for all tests of the press."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kendedes.catalogue import press
from kendedes.catalogue.press import Options
from kendedes.catalogue.tests.press import sample
from kendedes.ui import fonts


@pytest.fixture(scope="session")
def room(tmp_path_factory):
    """Fonts, photos and a work folder for all tests of this file."""
    folder = tmp_path_factory.mktemp("press")
    fonts.make(folder / "fonts")
    return folder


@pytest.fixture(scope="session")
def photos(room):
    return sample.Photos(room / "photos", size=(300, 300))


@pytest.fixture(scope="session")
def document(photos):
    return sample.document(15, photos, chapters=3)


@pytest.fixture(scope="session")
def short(photos):
    return sample.document(6, photos, chapters=2)


@pytest.fixture
def options(room):
    return Options(fonts=fonts.static_folder(room / "fonts"))


KNOWN = {}


@pytest.fixture
def printed(room, photos, options, tmp_path):
    """Prints; the same order without a work folder of its own is printed once for all tests."""

    def make(document, work=None, **changes):
        chosen = replace(options, **changes)
        key = json.dumps(document, sort_keys=True) + repr(chosen)
        if work or key not in KNOWN:
            out = tmp_path / f"book-{len(list(tmp_path.glob('*.pdf')))}.pdf"
            report = press.build(document, photo=photos, options=chosen, out=out, work=work or room / "work")
            if work:
                return report
            KNOWN[key] = report
        return KNOWN[key]

    return make
