"""The one way in to read. Everything returned is a frozen view of ``people.types``."""

from tinhso.people.helping import HelpingRules, helping_rules
from tinhso.people.queries.access_log import agencies_that_looked, who_looked_at
from tinhso.people.queries.actors import (
    MandateMissing,
    OfficerMissing,
    actor_of,
    mandate_in_force,
    officer_by_username,
    officer_names,
    officers_in,
    officers_with,
    work_email,
)
from tinhso.people.queries.agencies import AgencyMissing, agencies, agency, agency_by_code, competent_agency
from tinhso.people.queries.agents import AgentUnknown, agent_named
from tinhso.people.queries.api_tokens import TokenHolder, TokenNotValid, actor_of_token
from tinhso.people.queries.mandates import access_mandate, mandates_given_by
from tinhso.people.queries.organisations import (
    access_organisation,
    organisation_by_tax_code,
    organisations_by_id,
    organisations_of,
    own_organisations,
    representatives_of,
)
from tinhso.people.queries.persons import (
    access_person,
    fact_sources,
    facts_of_many,
    facts_of_row,
    person,
    person_by_personal_id,
    persons,
    persons_numbered,
    proved_facts,
    search_persons,
    sources_of_row,
)
from tinhso.people.queries.powers import account_with_person, account_with_powers, posts_of
from tinhso.people.queries.staff import access_post, own_posts, staff, standing_in

__all__ = [
    "AgencyMissing",
    "AgentUnknown",
    "HelpingRules",
    "MandateMissing",
    "OfficerMissing",
    "TokenHolder",
    "TokenNotValid",
    "access_mandate",
    "access_organisation",
    "access_person",
    "access_post",
    "account_with_person",
    "account_with_powers",
    "actor_of",
    "actor_of_token",
    "agencies",
    "agencies_that_looked",
    "agency",
    "agency_by_code",
    "agent_named",
    "competent_agency",
    "fact_sources",
    "facts_of_many",
    "facts_of_row",
    "helping_rules",
    "mandate_in_force",
    "mandates_given_by",
    "officer_by_username",
    "officer_names",
    "officers_in",
    "officers_with",
    "organisation_by_tax_code",
    "organisations_by_id",
    "organisations_of",
    "own_organisations",
    "own_posts",
    "person",
    "person_by_personal_id",
    "persons",
    "persons_numbered",
    "posts_of",
    "proved_facts",
    "representatives_of",
    "search_persons",
    "sources_of_row",
    "staff",
    "standing_in",
    "who_looked_at",
    "work_email",
]
