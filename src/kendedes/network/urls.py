"""One line per page."""

from django.urls import path

from kendedes.network.views import association, grants, home, people, producers, units

app_name = "network"
urlpatterns = [
    path("kantor/", home.home, name="home"),
    path("kantor/riwayat/", home.diary, name="diary"),
    path("kantor/akun/", home.account, name="account"),
    path("kantor/pengamanan/", home.second_factor, name="second_factor"),
    path("kantor/jaringan/asosiasi/", association.association, name="association"),
    path("kantor/jaringan/asosiasi/ubah/", association.association_edit, name="association_edit"),
    path("kantor/jaringan/unit/", units.units, name="units"),
    path("kantor/jaringan/unit/baru/", units.unit_new, name="unit_new"),
    path("kantor/jaringan/unit/<int:pk>/", units.unit, name="unit"),
    path("kantor/jaringan/unit/<int:pk>/ubah/", units.unit_edit, name="unit_edit"),
    path("kantor/jaringan/unit/<int:pk>/bentuk/", units.unit_form, name="unit_form"),
    path("kantor/jaringan/bentuk/<int:pk>/ubah/", units.unit_form_edit, name="unit_form_edit"),
    path("kantor/jaringan/produsen/", producers.producers, name="producers"),
    path("kantor/jaringan/produsen/baru/", producers.producer_new, name="producer_new"),
    path("kantor/jaringan/produsen/<int:pk>/", producers.producer, name="producer"),
    path("kantor/jaringan/produsen/<int:pk>/ubah/", producers.producer_edit, name="producer_edit"),
    path("kantor/jaringan/produsen/<int:pk>/persetujuan/", producers.producer_consent, name="producer_consent"),
    path("kantor/jaringan/produsen/<int:pk>/akhiri/", producers.producer_end, name="producer_end"),
    path("kantor/jaringan/orang/", people.people, name="people"),
    path("kantor/jaringan/orang/undang/", people.invite, name="invite"),
    path("kantor/jaringan/orang/<int:pk>/", people.somebody, name="person"),
    path("kantor/jaringan/orang/<int:pk>/sandi/", people.password_link, name="password_link"),
    path("kantor/jaringan/orang/<int:pk>/tutup/", people.account_close, name="account_close"),
    path("kantor/jaringan/peran/<int:pk>/akhiri/", people.role_end, name="role_end"),
    path("kantor/jaringan/undangan/<int:pk>/batal/", people.invitation_revoke, name="invitation_revoke"),
    path("kantor/ponsel/", home.phones, name="phones"),
    path("kantor/jaringan/izin/", grants.grants, name="grants"),
    path("kantor/jaringan/izin/baru/", grants.grant_new, name="grant_new"),
    path("kantor/jaringan/izin/<int:pk>/cabut/", grants.grant_revoke, name="grant_revoke"),
    path("undangan/<str:token>/", people.accept, name="accept"),
    # In place of allauth's forms that would send mail:
    path("akun/password/reset/", home.no_mail, name="no_mail"),
    path("akun/email/", home.email_elsewhere, name="email_elsewhere"),
]
