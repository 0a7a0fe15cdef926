"""What was entered, said and decided of a plan is only ever added to: nobody can better a figure afterwards."""

from django.db import migrations

TABLES = ("plan_version", "plan_target_value", "plan_value_verdict", "plan_task_report", "plan_duty")

FUNCTION = """
CREATE FUNCTION plan_rows_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is forbidden', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION plan_rows_are_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
"""

UNDO = "".join(f"DROP TRIGGER {table}_append_only ON {table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=table) for table in TABLES),
            UNDO + "DROP FUNCTION plan_rows_are_append_only();",
        )
    ]
