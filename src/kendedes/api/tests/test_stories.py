"""Programs read the stories the site shows, and no others."""

import importlib
from types import SimpleNamespace

import pytest
from django.conf import settings as live
from django.test import Client

from kendedes.api.actions import add_hook, deliver, put_out
from kendedes.api.models import Hook, Message
from kendedes.stories import actions
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release
from kendedes.web.tests.test_stories import told


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.mark.django_db
def test_a_story_is_told_with_its_goods_in_both_languages(client: Client, cast: Cast) -> None:
    product = release(cast.product())
    catch_up(at=AT)
    told(cast, products=[product], tags=["Tempe"], title_en="Morning", body_en="Fire is *lit* <b>.")

    listed = client.get("/api/v1/stories").json()
    one = client.get("/api/v1/stories/pagi-di-dapur-tempe").json()

    assert [row["slug"] for row in listed["items"]] == ["pagi-di-dapur-tempe"]
    assert (listed["total"], listed["next"]) == (1, None)
    assert {key: one[key] for key in listed["items"][0]} == listed["items"][0]
    assert one["html"] == {
        "id": "<p>Api <strong>menyala</strong>.</p>\n",
        "en": "<p>Fire is <em>lit</em> &lt;b&gt;.</p>\n",
    }
    assert (one["products"], one["photos"], one["cover"]) == ([product.code], [], None)
    assert one["url"].endswith("/cerita/pagi-di-dapur-tempe/")
    assert client.get("/api/v1/stories?tag=tempe").json()["total"] == 1
    assert client.get("/api/v1/stories?tag=apel").json()["total"] == 0
    assert client.get("/api/v1/stories?kind=page").json()["total"] == 0
    assert client.get("/api/v1/stories?kind=draft").status_code == 422


@pytest.mark.django_db
def test_a_draft_and_a_withdrawn_story_are_not_there(client: Client, cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)
    actions.write(association=cast.association, title_id="Rahasia", body_id="x", at=AT, by=None)
    story = told(cast, "Umum")
    assert client.get("/api/v1/stories/rahasia").status_code == 404
    assert client.get("/api/v1/stories/umum").status_code == 200
    actions.withdraw(story=story, at=AT, by=cast.bima)

    assert client.get("/api/v1/stories/umum").status_code == 404
    assert client.get("/api/v1/stories").json()["total"] == 0


@pytest.mark.django_db
def test_the_secret_of_a_hook_stands_nowhere_in_the_open(cast: Cast) -> None:
    hook = add_hook(association=cast.association, url="https://contoh.example/", at=AT, by=cast.ratna)
    secret = hook.secret
    assert secret
    again = Hook.objects.get()
    assert again.secret == secret
    assert secret.encode() not in bytes(again.sealed)

    again.url = "https://lain.example/"  # a row copied to another address does not open
    assert again.secret is None


@pytest.mark.django_db
def test_under_another_key_nothing_is_sent_unsigned(cast: Cast, settings) -> None:
    catch_up(at=AT)
    put_out(origin="", at=AT)
    hook = add_hook(association=cast.association, url="https://contoh.example/", at=AT, by=cast.ratna)
    Message.objects.create(hook=hook, entry_id=1, event="product.published", body="{}", due_at=AT)
    settings.SECRET_KEY = live.SECRET_KEY + "x"

    assert deliver(at=AT) == 0

    message = Message.objects.get()
    assert (message.state, message.tries, message.answer) == ("waiting", 1, "secret")


@pytest.mark.django_db
def test_secrets_of_before_are_sealed_by_the_migration(cast: Cast) -> None:
    step = importlib.import_module("kendedes.api.migrations.0003_hooks_sealed")
    hook = add_hook(association=cast.association, url="https://lama.example/", at=AT, by=cast.ratna)
    before = SimpleNamespace(
        association_id=cast.association.pk, url=hook.url, secret="kata-lama", save=lambda **_: None
    )
    apps = SimpleNamespace(get_model=lambda *_: SimpleNamespace(objects=SimpleNamespace(all=lambda: [before])))

    step._seal(apps, None)

    Hook.objects.filter(pk=hook.pk).update(sealed=before.sealed)
    assert Hook.objects.get().secret == "kata-lama"
    before.secret = ""
    step._open(apps, None)
    assert before.secret == "kata-lama"
