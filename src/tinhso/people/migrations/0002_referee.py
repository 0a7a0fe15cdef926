"""
What only PostgreSQL can referee: no overlap in time, and a log that is only ever added to.

The embedded server has no contrib modules, so no ``btree_gist``: a range of one value stands in for equality.
"""

from django.db import migrations

OVERLAPS = """
CREATE TYPE people_uuid_range AS RANGE (subtype = uuid);
CREATE TYPE people_text_range AS RANGE (subtype = text, collation = "C");

ALTER TABLE people_post ADD CONSTRAINT post_no_overlap EXCLUDE USING gist (
  people_uuid_range(account_id, account_id, '[]') WITH &&,
  people_uuid_range(agency_id, agency_id, '[]') WITH &&,
  people_text_range(role, role, '[]') WITH &&,
  daterange(from_on, until_on, '[]') WITH &&
) WHERE (ended_at IS NULL);
ALTER TABLE people_substitution ADD CONSTRAINT substitution_no_overlap EXCLUDE USING gist (
  people_uuid_range(post_id, post_id, '[]') WITH &&,
  tstzrange(from_at, until_at) WITH &&
);
"""

APPEND_ONLY = """
CREATE FUNCTION people_access_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'people_access only grows: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_access_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON people_access
  FOR EACH STATEMENT EXECUTE FUNCTION people_access_is_append_only();
ALTER TABLE people_access ENABLE ALWAYS TRIGGER people_access_append_only;
"""

# What Django's createcachetable would make: one-time codes and rate limits that every web process sees.
CACHE = """
CREATE TABLE shared_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""

UNDO = """
DROP TABLE shared_cache;
DROP TRIGGER people_access_append_only ON people_access;
DROP FUNCTION people_access_is_append_only();
ALTER TABLE people_substitution DROP CONSTRAINT substitution_no_overlap;
ALTER TABLE people_post DROP CONSTRAINT post_no_overlap;
DROP TYPE people_text_range;
DROP TYPE people_uuid_range;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(OVERLAPS + APPEND_ONLY + CACHE, UNDO)]
