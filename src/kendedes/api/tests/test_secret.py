"""A new key for the home: everything sealed opens under it, nothing under the old one; a cut try is ended by the next."""

from __future__ import annotations

import io
import json
import subprocess
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from kendedes.api.actions import add_hook
from kendedes.api.models import Hook
from kendedes.base import presence
from kendedes.journal.models import Entry
from kendedes.network.accounts.adapter import MFAAdapter
from kendedes.network.management import secret
from kendedes.settlement import actions
from kendedes.settlement.models import BankAccount
from kendedes.settlement.queries.banks import Opened, account_of, number_index, opened
from kendedes.testing import server
from kendedes.testing.shop import AT

NUMBER = "0071234500987"


@pytest.fixture
def key(cast, settings, tmp_path):
    """The file of the home's key, with something of each kind sealed under it."""
    path = tmp_path / "rahasia.kunci"
    path.write_text(settings.SECRET_KEY)
    settings.ENV = settings.ENV.model_copy(update={"secret_file": path})
    actions.set_account(owner=cast.tempe, bank="Bank Contoh", number=NUMBER, holder="Bu Tini (fiktif)", at=AT, by=None)
    add_hook(association=cast.association, url="https://contoh.example/kabar", at=AT, by=cast.ratna)
    Authenticator.objects.create(user=cast.ratna, type="totp", data={"secret": MFAAdapter().encrypt("RAHASIA")})
    seed = MFAAdapter().encrypt("b1j1")
    Authenticator.objects.create(user=cast.ratna, type="recovery_codes", data={"seed": seed, "used_mask": 3})
    return path


def opens(cast):
    """What each sealed thing says under the key that counts now."""
    totp, codes = (Authenticator.objects.get(type=kind).data for kind in ("totp", "recovery_codes"))
    adapter = MFAAdapter()
    account = account_of(cast.tempe)
    return (
        opened(account), account.index == number_index(NUMBER), bool(Hook.objects.get().secret),
        adapter.decrypt(totp["secret"]), adapter.decrypt(codes["seed"]), codes["used_mask"],
    )  # fmt: skip


WHOLE = (Opened(NUMBER, "Bu Tini (fiktif)"), True, True, "RAHASIA", "b1j1", 3)
NOTHING = (None, False, False, "", "", 3)


def test_everything_opens_under_the_new_key_only(cast, settings, key):
    old, out = key.read_text(), io.StringIO()

    call_command("change_secret", yes=True, json=True, stdout=out)

    assert opens(cast) == NOTHING
    settings.SECRET_KEY = key.read_text()
    assert old != settings.SECRET_KEY
    assert opens(cast) == WHOLE
    assert json.loads(out.getvalue()) == {
        app: {"sealed": n, "unreadable": 0} for app, n in (("network", 2), ("settlement", 1), ("api", 1))
    }
    assert (key.stat().st_mode & 0o777, list(key.parent.iterdir())) == (0o600, [key])
    assert Entry.objects.get(deed="home.secret").facts == {"sealed": 4, "unreadable": 0}


def test_nothing_happens_before_somebody_says_that_the_server_is_stopped(cast, settings, key):
    with pytest.raises(CommandError):
        call_command("change_secret")

    assert (key.read_text(), opens(cast)) == (settings.SECRET_KEY, WHOLE)


def test_what_another_key_sealed_is_left_as_it_is_and_counted(cast, settings, key):
    BankAccount.objects.update(sealed=b"x" * 40)

    counts = secret.change_secret(key)

    assert counts["settlement"] == (0, 1)
    assert bytes(BankAccount.objects.get().sealed) == b"x" * 40


def test_an_erased_account_is_passed_by(cast, settings, key):
    actions.erase_accounts(owner=cast.tempe, reason="Diminta Bu Tini", at=AT, by=None)

    assert secret.change_secret(key)["settlement"] == (0, 0)


def test_cut_before_the_rows_were_changed_the_old_key_still_counts(cast, settings, key, monkeypatch):
    monkeypatch.setattr(secret, "_reseal", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        secret.change_secret(key)
    assert (key.read_text(), opens(cast)) == (settings.SECRET_KEY, WHOLE)
    monkeypatch.undo()

    secret.change_secret(key)

    settings.SECRET_KEY = key.read_text()
    assert opens(cast) == WHOLE


def test_cut_after_the_rows_were_changed_the_next_try_ends_it(cast, settings, key):
    waiting = key.with_name("rahasia.kunci.baru")
    secret._write(waiting, "kunci-yang-baru" * 4)
    secret._reseal(settings.SECRET_KEY, "kunci-yang-baru" * 4)  # committed; the file was not yet put in place

    secret.change_secret(key)

    settings.SECRET_KEY = key.read_text()
    assert settings.SECRET_KEY == "kunci-yang-baru" * 4
    assert not waiting.exists()
    assert opens(cast) == WHOLE


def _changed(place: server.Home) -> tuple[int, bool]:
    """Exit code of the command, and whether the home has another key now."""
    path = place.folder / "rahasia.kunci"
    before = path.read_text()
    done = place.run("manage", "change_secret", "--yes", check=False)
    return done.returncode, path.read_text() != before


def test_it_refuses_while_the_home_is_served_and_not_after_a_crash(tmp_path):
    with server.home(tmp_path) as place:
        place.seed()
        with server.serving(place):
            assert _changed(place) == (2, False)
        assert _changed(place) == (0, True)

        port = server.free_port()
        command = [*server.COMMAND, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
        process = subprocess.Popen(command, env=place.env, start_new_session=True, stderr=subprocess.PIPE, text=True)
        place.url = f"http://127.0.0.1:{port}"
        assert any("Kendedes: http" in line for line in process.stderr)
        assert _changed(place) == (2, False)
        process.kill()  # no chance to clean up; its children end with it
        process.wait()
        process.stderr.close()
        until = time.monotonic() + 20
        while (found := _changed(place)) != (0, True) and time.monotonic() < until:
            assert found == (2, False)
            time.sleep(0.2)
        assert found == (0, True)


def test_it_refuses_while_only_a_worker_runs(tmp_path):
    with server.home(tmp_path) as place:
        place.seed()
        worker = subprocess.Popen([*server.COMMAND, "manage", "loops"], env=place.env)
        try:
            until = time.monotonic() + 30
            while (found := _alone(place)) and time.monotonic() < until:
                time.sleep(0.1)
            assert not found
            assert _changed(place) == (2, False)
        finally:
            worker.kill()
            worker.wait()
        assert _changed(place) == (0, True)


def _alone(place: server.Home) -> bool:
    with presence.alone(place.folder) as nobody:
        return nobody
