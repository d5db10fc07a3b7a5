"""Stories through the doors of the office."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kendedes.journal.models import Entry
from kendedes.products.photos import store, sweep
from kendedes.stories import actions, outputs, press
from kendedes.stories.actions.refusals import NotInThePast, StoryState
from kendedes.stories.models import Comment, Story
from kendedes.stories.tests.test_blog import CLASSIC
from kendedes.testing.cast import AT, Cast

pytestmark = pytest.mark.django_db


def jpeg(size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (168, 67, 42)).save(out, "JPEG")
    return out.getvalue()


def asked(title: str = "Pagi di dapur tempe", **more: object) -> dict[str, object]:
    return {"kind": "article", "title_id": title, "body_id": "Api **menyala** pukul empat.", **more}


@pytest.fixture
def curator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bima)
    return client


@pytest.fixture
def story(cast: Cast) -> Story:
    return actions.write(
        association=cast.association, title_id="Pagi di dapur", body_id="Api menyala.", at=AT, by=cast.bima
    )  # fmt: skip


def test_an_operator_writes_for_her_unit_and_a_curator_publishes(client: Client, cast: Cast) -> None:
    product = cast.product()
    client.force_login(cast.sekar)

    answer = client.post("/kantor/cerita/baru/", asked(tags="Tempe, tempe, pagi", codes=product.code.lower()))

    story = Story.objects.get()
    assert answer["Location"] == f"/kantor/cerita/{story.pk}/foto/"
    assert (story.unit, story.slug, story.state) == (cast.singosari, "pagi-di-dapur-tempe", "draft")
    assert (story.tags, list(story.products.all())) == (["Tempe", "pagi"], [product])
    client.post(f"/kantor/cerita/{story.pk}/ajukan/")
    client.force_login(cast.bima)
    assert "cerita diajukan untuk terbit" in client.get("/kantor/").content.decode()
    client.post(f"/kantor/cerita/{story.pk}/terbitkan/")
    story.refresh_from_db()
    assert (story.state, story.published_at is not None) == ("published", True)
    deeds = Entry.objects.filter(deed__startswith="story.").order_by("id").values_list("deed", "by__username")
    assert list(deeds) == [("story.write", "sekar"), ("story.hand_in", "sekar"), ("story.publish", "bima")]


def test_the_writer_may_not_change_what_is_published(client: Client, cast: Cast) -> None:
    story = actions.write(
        association=cast.association, unit=cast.singosari, title_id="A", body_id="b", at=AT, by=cast.sekar
    )  # fmt: skip
    actions.publish(story=story, at=AT, by=cast.bima)
    client.force_login(cast.sekar)

    answer = client.post(f"/kantor/cerita/{story.pk}/ubah/", asked("Lain"))

    assert answer.status_code == 403
    story.refresh_from_db()
    assert story.title_id == "A"


def test_an_address_is_made_once_and_stays(curator: Client, cast: Cast, story: Story) -> None:
    second = actions.write(association=cast.association, title_id="Pagi di dapur", body_id="x", at=AT, by=None)
    assert second.slug == "pagi-di-dapur-2"

    answer = curator.post(f"/kantor/cerita/{second.pk}/ubah/", asked("Pagi", slug="pagi-di-dapur"))
    assert answer.status_code == 409
    assert "sudah dipakai" in answer.content.decode()
    actions.publish(story=second, at=AT, by=None)
    curator.post(f"/kantor/cerita/{second.pk}/ubah/", asked("Siang", slug="siang"))
    second.refresh_from_db()
    assert (second.slug, second.title_id) == ("pagi-di-dapur-2", "Siang")


def test_an_unknown_code_is_named_and_nothing_is_stored(curator: Client, cast: Cast) -> None:
    answer = curator.post("/kantor/cerita/baru/", asked(codes="XX-9999"))

    assert "Kode tidak dikenal: XX-9999" in answer.content.decode()
    assert not Story.objects.exists()


def test_a_code_of_the_neighbour_is_unknown(curator: Client, cast: Cast) -> None:
    foreign = cast.product(cast.foreign)

    answer = curator.post("/kantor/cerita/baru/", asked(codes=foreign.code))
    assert f"Kode tidak dikenal: {foreign.code}" in answer.content.decode()


def test_a_scheduled_story_publishes_itself_once(curator: Client, cast: Cast, story: Story) -> None:
    curator.post(f"/kantor/cerita/{story.pk}/jadwalkan/", {"publish_at": "2030-01-01T08:00"})
    story.refresh_from_db()
    moment = datetime(2030, 1, 1, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert (story.state, story.publish_at) == ("scheduled", moment)

    assert actions.publish_due(at=moment - timedelta(seconds=1)) == 0
    assert actions.publish_due(at=moment + timedelta(minutes=40)) == 1
    assert actions.publish_due(at=moment + timedelta(minutes=41)) == 0
    story.refresh_from_db()
    assert (story.state, story.published_at) == ("published", moment)


def test_the_past_cannot_be_scheduled(cast: Cast, story: Story) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotInThePast):
        actions.schedule(story=story, publish_at=AT, at=AT, by=cast.bima)
    story.refresh_from_db()
    assert (story.state, Entry.objects.count()) == ("draft", before)


def test_a_photo_is_taken_in_shown_and_kept_by_the_sweep(curator: Client, cast: Cast, story: Story, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("dapur.jpg", jpeg(), "image/jpeg")

    curator.post(f"/kantor/cerita/{story.pk}/foto/", {"photo": file, "caption_id": "Dapur pagi hari"})

    photo = story.photos.get()
    assert (photo.number, photo.caption_id) == (1, "Dapur pagi hari")
    body = curator.get(f"/kantor/cerita/{story.pk}/").content.decode()
    assert f"{photo.sha256}-640.jpg" in body
    assert store.master_path(photo.sha256).is_file()
    assert sweep.sweep(at=AT + timedelta(days=4000)) == 0
    made = press.page(story, "https://contoh.invalid")
    assert made.startswith(b"%PDF")
    assert made == press.page(story, "https://contoh.invalid")
    actions.remove_photo(photo=photo, at=AT, by=cast.bima)
    assert sweep.sweep(at=AT + timedelta(days=4000)) >= 1  # the control: nothing keeps it now


def test_what_is_no_photo_is_refused_in_words(curator: Client, story: Story, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("jahat.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")

    page = curator.post(f"/kantor/cerita/{story.pk}/foto/", {"photo": file}, follow=True).content.decode()

    assert "jahat.svg" in page
    assert not story.photos.exists()


def test_a_comment_is_shown_only_after_a_decision(client: Client, cast: Cast, story: Story) -> None:
    actions.publish(story=story, at=AT, by=cast.bima)
    client.force_login(cast.sekar)
    client.post(f"/kantor/cerita/{story.pk}/komentari/", {"text": "Enak <b>sekali</b>"})
    client.post(f"/kantor/cerita/{story.pk}/komentari/", {"text": "Enak <b>sekali</b>"})
    comment = Comment.objects.get()
    assert comment.state == "waiting"

    client.force_login(cast.bima)
    page = client.get("/kantor/cerita/komentar/").content.decode()
    assert "Enak &lt;b&gt;sekali&lt;/b&gt;" in page
    client.post(f"/kantor/cerita/komentar/{comment.pk}/", {"tampil": "ya"})
    comment.refresh_from_db()
    assert (comment.state, comment.decided_by) == ("shown", cast.bima)


def test_nobody_comments_on_a_draft(client: Client, cast: Cast, story: Story) -> None:
    client.force_login(cast.sekar)
    assert client.post(f"/kantor/cerita/{story.pk}/komentari/", {"text": "x"}).status_code == 404
    with pytest.raises(StoryState):
        actions.comment(story=story, text="x", at=AT, by=cast.sekar)
    assert not Comment.objects.exists()


def test_the_old_blog_comes_over_once(curator: Client, cast: Cast) -> None:
    product = cast.product()
    text = CLASSIC.replace("SGS-0001", product.code)

    page = curator.post(
        "/kantor/cerita/impor/", {"file": SimpleUploadedFile("blog.xml", text.encode())}
    ).content.decode()

    assert "2 tulisan baru dari Blog Uji (fiktif)." in page
    assert "1 komentar tidak diambil" in page
    post = Story.objects.get(kind="article")
    assert (post.state, post.old_address, post.author) == (
        "draft",
        "http://uji.invalid/2013/12/kripik.html",
        "Penulis Uji",
    )
    assert list(post.products.all()) == [product]
    again = curator.post("/kantor/cerita/impor/", {"file": SimpleUploadedFile("blog.xml", text.encode())})
    assert "0 tulisan baru" in again.content.decode()
    assert Story.objects.count() == 2
    actions.publish(story=post, at=AT, by=cast.bima)
    post.refresh_from_db()
    assert post.published_at == datetime(2013, 12, 1, 1, tzinfo=ZoneInfo("UTC"))  # its old date


def test_a_file_that_is_no_blog_leaves_no_trace(curator: Client) -> None:
    answer = curator.post("/kantor/cerita/impor/", {"file": SimpleUploadedFile("x.xml", b"<html></html>")})

    assert answer.status_code == 409
    assert "bukan ekspor Blogger" in answer.content.decode()
    assert not Story.objects.exists()


@pytest.mark.parametrize("dialect", ["takeout", "classic"])
def test_a_story_leaves_as_a_blog_draft_and_comes_back_the_same(curator: Client, story: Story, dialect: str) -> None:
    from kendedes.stories.rules import blog

    answer = curator.get(f"/kantor/cerita/{story.pk}/blogger/{dialect}.xml")

    found = blog.read(answer.content)
    assert [(p.title, p.draft, p.text.split("\n")[0]) for p in found.posts] == [("Pagi di dapur", True, "Api menyala.")]


def test_the_whatsapp_text_names_the_address(story: Story) -> None:
    text = outputs.whatsapp(story, "https://contoh.invalid")

    assert text == "*Pagi di dapur*\n\nApi menyala.\n\nhttps://contoh.invalid/cerita/pagi-di-dapur/"
    assert re.fullmatch(r"https://wa\.me/\?text=%2APagi[^ &]+", outputs.whatsapp_link(story, "https://contoh.invalid"))
