"""Who may open the network's pages and the account pages of allauth."""

from __future__ import annotations

from typing import Any

from kendedes.network import actions
from kendedes.network.rules import Right, Role
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, CANARY_B, EVERYBODY, OFFICE, SIDE_A, SIGNED_IN, STAFF_A, Page, World

MANAGERS = frozenset({"manager", "operator", "operator_b", "neighbour"})
SIDE_SEES = SIDE_A - {"representative"}  # she sees her producer, not the unit's page


def build(world: World) -> None:
    """An open invitation and a grant of unit A, and the same of unit B."""
    cast = world.cast
    for key, unit, other, word in [
        ("invitation", cast.singosari, cast.wajak, CANARY_A), ("invitation_b", cast.wajak, cast.singosari, CANARY_B)
    ]:  # fmt: skip
        made, token = actions.invite(
            name=f"Undangan {word}", role=Role.OPERATOR, association=cast.association, unit=unit, at=AT, by=None
        )
        made.expires_at = AT.replace(year=2099)
        made.save()
        world.made[key], world.made[f"{key}_token"] = made, token
        if key == "invitation":
            world.made["grant"] = actions.give_grant(
                right=Right.SEE_PRODUCTS, giver=unit, receiver=other, at=AT, by=None
            )
    other: dict[str, tuple[Any, Any]] = {
        "grant_whole": (cast.association, cast.singosari),
        "grant_b": (cast.wajak, cast.singosari),
        "grant_n": (cast.neighbour, cast.association),
    }
    for key, (giver, receiver) in other.items():
        world.made[key] = actions.give_grant(right=Right.ASSESS, giver=giver, receiver=receiver, at=AT, by=None)
    for key in ("grant", *other):  # the matrix tries people, not grants
        actions.revoke_grant(grant=world.made[key], at=AT, by=None)
    world.made["membership"] = cast.tini.memberships.get()


def _pk(name: str) -> Any:
    return lambda w: {"pk": getattr(w, name).pk}


def _of_cast(name: str) -> Any:
    return lambda w: {"pk": getattr(w.cast, name).pk}


_MFA = [
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_generate_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn",
]  # fmt: skip

ROWS = [
    Page("network:home", SIGNED_IN),
    Page("network:diary", OFFICE),
    Page("network:account", SIGNED_IN),
    Page("network:second_factor", SIGNED_IN),
    Page("network:association", {"manager", "neighbour"}),
    Page("network:association_edit", {"manager", "neighbour"}),
    Page("network:units", OFFICE - {"partner"}),
    Page("network:unit_new", {"manager", "neighbour"}),
    Page("network:unit", SIDE_SEES, _of_cast("singosari")),
    Page("network:unit_edit", STAFF_A, _of_cast("singosari")),
    Page("network:unit_form", STAFF_A, _of_cast("singosari")),
    Page("network:unit_form_edit", STAFF_A, lambda w: {"pk": w.cast.singosari.forms.get().pk}),
    Page("network:producers", OFFICE - {"partner"}),
    Page("network:producer_new", MANAGERS),
    Page("network:producer", SIDE_A, _of_cast("tempe")),
    Page("network:producer_edit", STAFF_A, _of_cast("tempe")),
    Page("network:producer_consent", STAFF_A, _of_cast("tempe")),
    Page("network:producer_end", STAFF_A, _of_cast("tempe"), method="POST"),
    Page("network:people", MANAGERS),
    Page("network:invite", {"manager", "neighbour"}, why="without a body: roles in an association"),
    Page("network:person", STAFF_A, _of_cast("sekar")),
    Page("network:person", STAFF_A, _of_cast("tini")),
    Page("network:password_link", {"manager"}, _of_cast("sekar"), method="POST", why="not by her colleague or herself"),
    Page("network:password_link", STAFF_A, _of_cast("tini"), method="POST"),
    Page("network:account_close", STAFF_A, _of_cast("tini"), method="POST"),
    Page("network:role_end", STAFF_A, _pk("membership"), method="POST"),
    Page("network:invitation_revoke", STAFF_A, _pk("invitation"), method="POST"),
    Page("network:phones", {"manager", "neighbour"}),
    Page("network:grants", MANAGERS),
    Page("network:grant_new", MANAGERS),
    Page("network:grant_revoke", STAFF_A, _pk("grant"), method="POST"),
    Page("network:grant_revoke", {"manager"}, _pk("grant_whole"), method="POST", why="given by the association"),
    Page(
        "network:grant_revoke", {"operator_b", "manager"}, _pk("grant_b"), method="POST", why="not by who received it"
    ),
    Page("network:grant_revoke", {"neighbour"}, _pk("grant_n"), method="POST", why="not by who received it"),
    Page("network:accept", EVERYBODY, lambda w: {"token": "x" * 43}, hears=frozenset({410})),
    Page("network:no_mail"),
    Page("network:email_elsewhere", SIGNED_IN),
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
