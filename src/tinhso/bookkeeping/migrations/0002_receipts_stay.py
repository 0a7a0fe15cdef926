from django.db import migrations

FORBID = """
-- An electronic receipt is replaced or adjusted by another; itself it never changes.
CREATE FUNCTION fee_receipt_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'fee_receipt only grows: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER fee_receipt_append_only BEFORE UPDATE OR DELETE ON fee_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION fee_receipt_refuse_change();
"""

ALLOW = """
DROP TRIGGER fee_receipt_append_only ON fee_receipt;
DROP FUNCTION fee_receipt_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("bookkeeping", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
