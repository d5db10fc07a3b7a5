"""What stories refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal


class StoryState(Refusal):
    """The story is not where the deed needs it."""

    code = "story_state"
    message = _("%(title)s sedang %(state)s; hal itu tidak bisa dilakukan sekarang.")


class AddressTaken(Refusal):
    """Two stories of one association cannot share an address."""

    code = "story_address_taken"
    message = _("Alamat %(slug)s sudah dipakai oleh %(title)s.")


class NothingToSay(Refusal):
    """A story without text."""

    code = "story_empty"
    message = _("%(title)s belum berisi.")


class TooManyStoryPhotos(Refusal):
    """More photos than a page should carry."""

    code = "story_photos"
    message = _("Sebuah cerita memuat paling banyak %(most)s foto.")


class PhotoInUse(Refusal):
    """The text still shows the photo."""

    code = "story_photo_in_use"
    message = _("Foto %(number)s masih dipakai di dalam teks. Hapus dahulu dari teksnya.")


class NotInThePast(Refusal):
    """A moment that is over cannot be scheduled."""

    code = "story_past"
    message = _("Waktu terbit harus di masa depan.")


class NoBlogFile(Refusal):
    """The file is no export of Blogger."""

    code = "not_a_blog"
    message = _("Berkas ini bukan ekspor Blogger. Di Blogger: Setelan › Kelola blog › Cadangkan konten.")


class BlogFileTooBig(Refusal):
    """More than is read at once."""

    code = "blog_file_too_big"
    message = _("Berkas terlalu besar; paling besar %(most)s MB.")
