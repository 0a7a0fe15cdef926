from django.db import migrations

FORBID = """
-- Moves are history: they are added and never touched.
CREATE FUNCTION payment_event_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payment_event only grows: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER payment_event_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_event
    FOR EACH STATEMENT EXECUTE FUNCTION payment_event_refuse_change();
ALTER TABLE payment_event ENABLE ALWAYS TRIGGER payment_event_append_only;

-- What the counter took, or took back, is corrected by another row and never touched.
CREATE FUNCTION payment_counter_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is forbidden', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER payment_counter_receipt_append_only BEFORE UPDATE OR DELETE ON payment_counter_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION payment_counter_refuse_change();
CREATE TRIGGER payment_counter_storno_append_only BEFORE UPDATE OR DELETE ON payment_counter_storno
    FOR EACH STATEMENT EXECUTE FUNCTION payment_counter_refuse_change();

-- What a bill received is the sum of its credits and of what the counter kept, at every commit.
CREATE FUNCTION payment_bill_check_received() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_bill uuid;
    stored bigint;
    counted bigint;
BEGIN
    IF TG_TABLE_NAME = 'payment_bill' THEN the_bill := NEW.id; ELSE the_bill := NEW.bill_id; END IF;
    IF the_bill IS NULL THEN RETURN NULL; END IF;
    SELECT received INTO stored FROM payment_bill WHERE id = the_bill;
    SELECT coalesce((SELECT sum(amount) FROM payment_bank_transaction WHERE bill_id = the_bill), 0)
         + coalesce((SELECT sum(amount) FROM payment_counter_receipt WHERE bill_id = the_bill), 0)
         - coalesce((SELECT sum(amount) FROM payment_counter_storno WHERE bill_id = the_bill), 0) INTO counted;
    IF stored IS DISTINCT FROM counted THEN
        RAISE EXCEPTION 'bill % says it received %, its credits and the counter sum up to %', the_bill, stored, counted
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

-- A credit never gives back more than it brought.
CREATE FUNCTION payment_refund_check_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    brought bigint;
    returned bigint;
BEGIN
    IF NEW.credit_id IS NOT NULL THEN
        SELECT amount INTO brought FROM payment_bank_transaction WHERE id = NEW.credit_id;
        SELECT sum(amount) INTO returned FROM payment_refund WHERE credit_id = NEW.credit_id;
    ELSE
        SELECT amount INTO brought FROM payment_counter_receipt WHERE id = NEW.counter_id;
        SELECT sum(amount) INTO returned FROM payment_refund WHERE counter_id = NEW.counter_id;
    END IF;
    IF returned > brought THEN
        RAISE EXCEPTION 'refunds of % exceed the % that came', returned, brought USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER payment_bill_received AFTER INSERT OR UPDATE ON payment_bill
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_bill_check_received();
CREATE CONSTRAINT TRIGGER payment_credit_received AFTER INSERT OR UPDATE ON payment_bank_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_bill_check_received();
CREATE CONSTRAINT TRIGGER payment_cash_received AFTER INSERT OR UPDATE ON payment_counter_receipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_bill_check_received();
CREATE CONSTRAINT TRIGGER payment_storno_received AFTER INSERT OR UPDATE ON payment_counter_storno
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_bill_check_received();
CREATE CONSTRAINT TRIGGER payment_refund_source AFTER INSERT OR UPDATE ON payment_refund
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payment_refund_check_source();
"""

ALLOW = """
DROP TRIGGER payment_counter_storno_append_only ON payment_counter_storno;
DROP TRIGGER payment_counter_receipt_append_only ON payment_counter_receipt;
DROP FUNCTION payment_counter_refuse_change();
DROP TRIGGER payment_storno_received ON payment_counter_storno;
DROP TRIGGER payment_refund_source ON payment_refund;
DROP TRIGGER payment_cash_received ON payment_counter_receipt;
DROP TRIGGER payment_credit_received ON payment_bank_transaction;
DROP TRIGGER payment_bill_received ON payment_bill;
DROP FUNCTION payment_refund_check_source();
DROP FUNCTION payment_bill_check_received();
DROP TRIGGER payment_event_append_only ON payment_event;
DROP FUNCTION payment_event_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
