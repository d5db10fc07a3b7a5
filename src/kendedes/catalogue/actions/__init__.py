"""The verbs of an edition's life. Each is one transaction and one entry in the diary."""

from kendedes.catalogue.actions.drafting import (
    NothingChosen,
    OpenEditionExists,
    ProductNotReady,
    WrongEditionState,
    back_to_draft,
    change_edition,
    choose,
    move,
    open_edition,
    propose,
    to_proof,
)
from kendedes.catalogue.actions.files import DifferentBytes, Made, Recipe, data_file, path_of
from kendedes.catalogue.actions.fixing import (
    EmptyErratum,
    NothingToCompose,
    SecondPersonNeeded,
    UnknownEntry,
    add_erratum,
    compose_regency,
    lock,
    lock_unit_edition,
    publish,
)
from kendedes.catalogue.actions.printing import ask_print, is_silent, print_book, proof_path, recipe, resume, revive

__all__ = [
    "DifferentBytes", "EmptyErratum", "Made", "NothingChosen", "NothingToCompose", "OpenEditionExists", "ProductNotReady", "SecondPersonNeeded", "Recipe",
    "UnknownEntry", "WrongEditionState", "add_erratum", "ask_print", "data_file", "is_silent", "path_of", "print_book", "proof_path", "recipe", "resume", "revive", "back_to_draft", "change_edition", "choose", "compose_regency",
    "lock", "lock_unit_edition", "move", "open_edition", "propose", "publish", "to_proof",
]  # fmt: skip
