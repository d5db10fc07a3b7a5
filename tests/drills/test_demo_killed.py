"""``./kendedes demo``: killed half way and run again it is whole and nothing is double, on both databases; somebody
else's database is refused; the last lines say where everything is, and it is there.

Control: a half-built home is told apart from a whole one by the same look.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kendedes.testing.server import COMMAND, Home, home

COUNT = """
import json
from django.apps import apps
print("counted", json.dumps({m._meta.label: m.objects.count() for m in apps.get_models()
      if m._meta.app_label in {"journal", "network", "products", "ovop", "catalogue"}}, sort_keys=True))
"""


def demo(place: Home, *args: str) -> subprocess.Popen[str]:
    command = [*COMMAND, "demo", "--small", "--no-serve", *args]
    return subprocess.Popen(command, env=place.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(place: Home, *args: str) -> tuple[int, str, str]:
    run = demo(place, *args)
    said, told = run.communicate(timeout=600)
    return run.returncode, said, told


def counts(place: Home) -> dict[str, int]:
    said = place.run("manage", "shell", "--no-imports", "-c", COUNT).stdout
    return json.loads(next(line for line in said.splitlines() if line.startswith("counted ")).removeprefix("counted "))


def kill_at(place: Home, step: str) -> None:
    """Run until the step is named aloud and a moment longer, then ``kill -9``."""
    run = demo(place, "--fresh")
    assert run.stderr is not None
    for line in run.stderr:
        if step in line:
            break
    else:
        raise AssertionError(f"the build never came to {step!r}")
    time.sleep(0.7)
    run.send_signal(signal.SIGKILL)
    run.communicate()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, dict[str, int], dict[str, object]]]:
    """A home built undisturbed: what it holds, and what its mark says."""
    with home(tmp_path_factory.mktemp("utuh")) as place:
        code, said, told = finished(place, "--json")
        assert code == 0, told
        yield place, counts(place), json.loads(said)


@pytest.mark.slow
def test_a_demo_killed_half_way_is_whole_after_the_next_run_and_nothing_is_double(whole, tmp_path):
    _place, expected, mark = whole
    with home(tmp_path / "rumah") as place:
        kill_at(place, "editions")  # by then most is there
        assert counts(place) != expected, "the control: a half-built home looks different"

        code, said, told = finished(place, "--json")

        assert code == 0, told
        assert counts(place) == expected
        assert json.loads(said)["edition"] == mark["edition"], "the same edition to the byte"


@pytest.mark.slow
def test_the_last_lines_name_an_address_books_that_are_there_and_accounts_that_open(whole):
    place, _expected, mark = whole
    began = time.monotonic()

    code, said, told = finished(place)

    assert code == 0
    assert "jaringan" not in told, "built once only"
    assert time.monotonic() - began < 60
    books = re.findall(r"^ {4}(/.+\.pdf)$", said, re.MULTILINE)
    assert [Path(b).read_bytes()[:5] for b in books] == [b"%PDF-", b"%PDF-"]
    assert [str(Path(b).relative_to(place.folder)) for b in books] == mark["books"]
    accounts = re.findall(r"^ {4}(pengelola|kurator) +(\S+)   (\S.*)$", said, re.MULTILINE)
    assert [name for name, _password, _what in accounts] == ["pengelola", "kurator"]
    opened = "from django.contrib.auth import authenticate\n" + "\n".join(
        f"print('opens', authenticate(None, username={name!r}, password={password!r}) is not None)"
        for name, password, _what in accounts
    ).replace("authenticate(None, ", "check(")
    check = "from kendedes.journal.models import User\ndef check(username, password):\n    u = User.objects.get(username=username)\n    return u if u.check_password(password) else None\n"
    lines = place.run("manage", "shell", "--no-imports", "-c", check + opened).stdout
    assert re.findall(r"opens (\w+)", lines) == ["True", "True"]
    assert "rekaan" in said
    assert str(place.folder / "akun-contoh.txt") in said


@pytest.mark.slow
def test_somebody_elses_database_is_refused_and_left_as_it_is(tmp_path):
    with home(tmp_path / "rumah") as place:
        place.seed()
        before = counts(place)

        code, _said, told = finished(place, "--fresh")

        assert code == 1
        assert "contoh" in told.lower()
        assert counts(place) == before
        # nor when the home itself is marked as a demonstration's
        (place.folder / "contoh.json").write_text('{"state": "building"}')
        if "DATABASE_URL" in place.env:
            code, _said, told = finished(place)
            assert (code, counts(place)) == (1, before), told
