from django.db import migrations

FORBID = """
CREATE FUNCTION ledger_entry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger_entry only grows: % is forbidden', TG_OP
        USING ERRCODE = 'restrict_violation',
              HINT = 'Record a new event that corrects the old one.';
END
$$;
CREATE TRIGGER ledger_entry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse_change();
-- Also where replication or a restore has switched ordinary triggers off.
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
"""

ALLOW = """
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_entry_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
