"""Who may open the network's pages and the account pages of allauth."""

from __future__ import annotations

from kendedes.testing.matrix import EVERYBODY, SIGNED_IN, Page

_MFA = [
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_generate_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
]  # fmt: skip
_GONE = "closed here: accounts come from invitations, mail is not used"

ROWS = [
    Page("alive"),
    Page("account_login"),
    Page("account_logout"),
    Page("account_inactive"),
    Page("account_signup", why="says that sign-up is by invitation"),
    Page("account_reauthenticate", SIGNED_IN),
    Page("account_email", SIGNED_IN),
    Page("account_email_verification_sent"),
    Page("account_change_password", SIGNED_IN),
    Page("account_set_password", SIGNED_IN),
    Page("account_reset_password"),
    Page("account_reset_password_done"),
    Page("account_reset_password_from_key", EVERYBODY, lambda w: {"uidb36": "a", "key": "b"}),
    Page("account_reset_password_from_key_done"),
    Page("account_confirm_login_code", SIGNED_IN, why="a stage of signing in: the others are led back to its start"),
    Page("account_confirm_email", EVERYBODY, lambda w: {"key": "x"}),
    *[Page(name, SIGNED_IN) for name in _MFA],
    Page("mfa_view_recovery_codes", SIGNED_IN, hears=frozenset({404})),
    Page("mfa_authenticate", SIGNED_IN, why="a stage of signing in"),
    Page("mfa_deactivate_totp", SIGNED_IN, hears=frozenset({404})),
    Page("mfa_download_recovery_codes", SIGNED_IN, hears=frozenset({404})),
    Page("mfa_remove_webauthn", SIGNED_IN, lambda w: {"pk": 1}, hears=frozenset({404})),
    Page("mfa_edit_webauthn", SIGNED_IN, lambda w: {"pk": 1}, hears=frozenset({404})),
    Page("mfa_login_webauthn", SIGNED_IN, head=False, why="for scripts: others are led to the sign-in"),
    Page("usersessions_list", SIGNED_IN),
]
