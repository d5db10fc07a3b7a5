from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class StoriesConfig(AppConfig):
    name = "kendedes.stories"
    verbose_name = "Cerita"
    nav = [NavItem(_("Cerita"), "stories:list", "edit", right="write_stories", order=42)]
    waiting = ["kendedes.stories.waiting.waiting"]
    hourly = ["kendedes.stories.actions.publish_due"]
    searched = "kendedes.stories.queries.searched"
    keeps_photos = ["kendedes.stories.queries.photos_kept"]
    nouns = {"story": _("cerita")}
    deeds = {
        "story.write": _("menulis %(title)s"),
        "story.change": _("mengubah %(title)s"),
        "story.hand_in": _("mengajukan %(title)s untuk diterbitkan"),
        "story.back": _("mengembalikan %(title)s untuk diperbaiki: %(reason)s"),
        "story.schedule": _("menjadwalkan %(title)s"),
        "story.publish": _("menerbitkan %(title)s"),
        "story.withdraw": _("menarik %(title)s dari situs"),
        "story.photo": _("menambah foto pada %(title)s"),
        "story.photo_remove": _("menghapus foto dari %(title)s"),
        "story.comment": _("mengomentari %(title)s"),
        "story.comment_show": _("menampilkan komentar pada %(title)s"),
        "story.comment_hide": _("menyembunyikan komentar pada %(title)s"),
        "story.import": _("mengambil %(title)s dari blog lama"),
    }
