"""
What only PostgreSQL can referee: no two versions of a record overlap in both times, and versions only grow;
and the index of words, which knows of each version in which few seconds its record was made (``stretches``).

The embedded server has no contrib modules, so no ``btree_gist``: a range of one value stands in for equality.
"""

from django.db import migrations

WORDS = """
CREATE FUNCTION register_words(words text[], register text, record uuid) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_tsvector(
  array_append(words, register || '%' || translate(left(record::text, 10), '-', ''))
);
CREATE INDEX version_words ON register_version USING gin (register_words(words, register, record_id));
"""

OVERLAPS = """
CREATE TYPE register_uuid_range AS RANGE (subtype = uuid);
ALTER TABLE register_version ADD CONSTRAINT version_no_overlap EXCLUDE USING gist (
  register_uuid_range(record_id, record_id, '[]') WITH &&,
  daterange(valid_from, valid_to) WITH &&,
  tstzrange(known_from, known_to) WITH &&
);
"""

ONLY_GROWS = """
CREATE FUNCTION register_version_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A decision lets the record go: what was said is emptied, that it was said stays.
  IF NEW."values" = '{}'::jsonb AND NEW.geometry IS NULL AND NEW.box IS NULL AND NEW.words = '{}'
     AND NEW.key = '' AND NEW.sort_key = ''
     AND to_jsonb(NEW) - '{values,geometry,box,words,key,sort_key}'::text[]
       = to_jsonb(OLD) - '{values,geometry,box,words,key,sort_key}'::text[]
     AND EXISTS (SELECT 1 FROM register_retention_review AS review
                 WHERE review.record_id = OLD.record_id AND review.decision = 'erased') THEN
    RETURN NEW;
  END IF;
  IF OLD.known_to IS NOT NULL OR NEW.known_to IS NULL
     OR to_jsonb(NEW) - 'known_to' <> to_jsonb(OLD) - 'known_to' THEN
    RAISE EXCEPTION 'register_version only closes known_to' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_version_only_closes BEFORE UPDATE ON register_version
  FOR EACH ROW EXECUTE FUNCTION register_version_only_closes();
ALTER TABLE register_version ENABLE ALWAYS TRIGGER register_version_only_closes;

CREATE FUNCTION register_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is forbidden', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER register_version_append_only BEFORE DELETE OR TRUNCATE ON register_version
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_removal();
ALTER TABLE register_version ENABLE ALWAYS TRIGGER register_version_append_only;
CREATE TRIGGER register_retention_append_only BEFORE DELETE OR TRUNCATE ON register_retention_review
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_removal();
ALTER TABLE register_retention_review ENABLE ALWAYS TRIGGER register_retention_append_only;
CREATE TRIGGER register_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_look
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_removal();
ALTER TABLE register_look ENABLE ALWAYS TRIGGER register_look_append_only;
CREATE TRIGGER register_consent_append_only BEFORE DELETE OR TRUNCATE ON register_consent
  FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_removal();
ALTER TABLE register_consent ENABLE ALWAYS TRIGGER register_consent_append_only;
"""

ONLY_REVOKED = """
CREATE FUNCTION register_consent_only_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
     OR to_jsonb(NEW) - '{revoked_at,revoked_by}'::text[] <> to_jsonb(OLD) - '{revoked_at,revoked_by}'::text[] THEN
    RAISE EXCEPTION 'register_consent is only revoked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_consent_only_revoked BEFORE UPDATE ON register_consent
  FOR EACH ROW EXECUTE FUNCTION register_consent_only_revoked();
ALTER TABLE register_consent ENABLE ALWAYS TRIGGER register_consent_only_revoked;
"""

UNDO = """
DROP TRIGGER register_consent_only_revoked ON register_consent;
DROP FUNCTION register_consent_only_revoked();
DROP TRIGGER register_consent_append_only ON register_consent;
DROP TRIGGER register_retention_append_only ON register_retention_review;
DROP TRIGGER register_look_append_only ON register_look;
DROP TRIGGER register_version_append_only ON register_version;
DROP TRIGGER register_version_only_closes ON register_version;
DROP FUNCTION register_refuse_removal();
DROP FUNCTION register_version_only_closes();
DROP INDEX version_words;
DROP FUNCTION register_words(text[], text, uuid);
ALTER TABLE register_version DROP CONSTRAINT version_no_overlap;
DROP TYPE register_uuid_range;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunSQL(WORDS + OVERLAPS + ONLY_GROWS + ONLY_REVOKED, UNDO)]
