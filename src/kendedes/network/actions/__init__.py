"""The verbs of the network."""

from kendedes.network.actions.bodies import (
    ConsentIncomplete,
    FormTooEarly,
    ProducerExists,
    UnitExists,
    VillageOutside,
    add_legal_form,
    add_places,
    add_regions,
    change_association,
    change_producer,
    change_unit,
    create_association,
    create_producer,
    create_unit,
    end_producer,
    record_consent,
)
from kendedes.network.actions.grants import GrantToSelf, NotLendable, give_grant, revoke_grant
from kendedes.network.actions.people import (
    INVITATION_LIFE,
    EmailTaken,
    InvitationClosed,
    LastManager,
    UsernameTaken,
    WrongLevel,
    accept_invitation,
    change_account,
    create_account,
    disable_account,
    enable_account,
    end_role,
    end_sessions,
    give_role,
    hashed,
    invite,
    level_of,
    offer_password_link,
    revoke_invitation,
    set_password,
)

__all__ = [
    "INVITATION_LIFE", "ConsentIncomplete", "EmailTaken", "FormTooEarly", "GrantToSelf", "InvitationClosed", "LastManager", "NotLendable",
    "ProducerExists", "UnitExists", "UsernameTaken", "VillageOutside", "WrongLevel", "accept_invitation", "add_legal_form",
    "add_places",
    "add_regions", "change_account", "change_association", "change_producer", "change_unit", "create_account",
    "create_association", "create_producer", "create_unit", "disable_account", "enable_account", "end_producer", "end_role",
    "end_sessions", "give_grant", "give_role", "hashed", "invite", "level_of", "offer_password_link", "record_consent",
    "revoke_grant", "revoke_invitation", "set_password",
]  # fmt: skip
