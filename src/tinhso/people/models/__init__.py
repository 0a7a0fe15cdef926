"""Tables of the room: accounts, persons, organisations, agencies, posts, mandates, and who looked at whom."""

from tinhso.people.models.access_log import PersonAccess
from tinhso.people.models.accounts import Account, AccountKind, AccountManager
from tinhso.people.models.agencies import Agency, AgencyContact
from tinhso.people.models.api_tokens import ApiToken, ApiTokenScope
from tinhso.people.models.mandates import Mandate, MandateKind, MandateRequest, MandateWay
from tinhso.people.models.persons import BirthPrecision, Organisation, Person, Sex
from tinhso.people.models.posts import Post, Substitution

__all__ = [
    "Account",
    "AccountKind",
    "AccountManager",
    "Agency",
    "AgencyContact",
    "ApiToken",
    "ApiTokenScope",
    "BirthPrecision",
    "Mandate",
    "MandateKind",
    "MandateRequest",
    "MandateWay",
    "Organisation",
    "Person",
    "PersonAccess",
    "Post",
    "Sex",
    "Substitution",
]
