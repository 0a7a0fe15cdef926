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

# Leaves, checkpoints, stamps and erasures only grow as well.
GROW = "".join(
    f"""
CREATE TRIGGER {table}_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
"""
    for table in ("ledger_leaf", "ledger_checkpoint", "ledger_stamp", "ledger_erasure")
)
FUNCTION = """
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is forbidden', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
"""
SHRINK = "".join(
    f"DROP TRIGGER {table}_append_only ON {table};"
    for table in ("ledger_leaf", "ledger_checkpoint", "ledger_stamp", "ledger_erasure")
)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunSQL(FUNCTION + GROW, SHRINK + "DROP FUNCTION ledger_only_grows();"),
    ]
