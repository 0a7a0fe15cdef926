from django.db import migrations

FORBID = """
CREATE FUNCTION indicators_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is forbidden', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation',
              HINT = 'Publish a new figure, or enter a new value that replaces the old one.';
END
$$;
CREATE TRIGGER indicator_figure_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON indicator_figure
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_refuse_change();
CREATE TRIGGER indicator_entered_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON indicator_entered
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_refuse_change();
ALTER TABLE indicator_figure ENABLE ALWAYS TRIGGER indicator_figure_append_only;
ALTER TABLE indicator_entered ENABLE ALWAYS TRIGGER indicator_entered_append_only;
"""

ALLOW = """
DROP TRIGGER indicator_figure_append_only ON indicator_figure;
DROP TRIGGER indicator_entered_append_only ON indicator_entered;
DROP FUNCTION indicators_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
