"""The one way in to write."""

from tinhso.people.actions.api_tokens import issue_api_token, revoke_api_token
from tinhso.people.actions.assist import assist_at_counter, introduce, register_person_at_counter
from tinhso.people.actions.assist_many import (
    assist_many_at_counter,
    introduce_many,
    register_many_at_counter,
)
from tinhso.people.actions.enrol import close_account, enrol_officer, reset_second_factor
from tinhso.people.actions.helping import ask_word, confirm_word, record_signed_word
from tinhso.people.actions.load_agencies import load_agencies
from tinhso.people.actions.mandates import give_mandate, record_mandate, revoke_mandate
from tinhso.people.actions.note_access import note_access, note_accesses
from tinhso.people.actions.posts import appoint, end_post
from tinhso.people.actions.receive_identity import receive_identity
from tinhso.people.actions.record_organisation import record_organisation
from tinhso.people.actions.substitute import end_substitution, substitute
from tinhso.people.actions.update_contact import choose_language, set_work_email, update_contact

__all__ = [
    "appoint",
    "ask_word",
    "assist_at_counter",
    "assist_many_at_counter",
    "choose_language",
    "close_account",
    "confirm_word",
    "end_post",
    "end_substitution",
    "enrol_officer",
    "give_mandate",
    "introduce",
    "introduce_many",
    "issue_api_token",
    "load_agencies",
    "note_access",
    "note_accesses",
    "receive_identity",
    "record_mandate",
    "record_organisation",
    "record_signed_word",
    "register_many_at_counter",
    "register_person_at_counter",
    "reset_second_factor",
    "revoke_api_token",
    "revoke_mandate",
    "set_work_email",
    "substitute",
    "update_contact",
]
