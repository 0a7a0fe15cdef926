from django.db import migrations

CHECK = """
-- The places taken of a slot are the bookings that hold one, at every commit.
CREATE FUNCTION appointment_slot_check_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_slot uuid;
    slots uuid[];
    stored integer;
    counted integer;
BEGIN
    IF TG_TABLE_NAME = 'appointment_slot' THEN slots := ARRAY[NEW.id];
    ELSIF TG_OP = 'UPDATE' THEN slots := ARRAY[NEW.slot_id, OLD.slot_id];
    ELSE slots := ARRAY[NEW.slot_id];
    END IF;
    FOREACH the_slot IN ARRAY slots LOOP
        SELECT taken INTO stored FROM appointment_slot WHERE id = the_slot;
        SELECT count(*) INTO counted FROM appointment_booking
            WHERE slot_id = the_slot AND state IN ('booked', 'arrived', 'no_show');
        IF stored IS DISTINCT FROM counted THEN
            RAISE EXCEPTION 'slot % says % places are taken, % bookings hold one', the_slot, stored, counted
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER appointment_slot_taken AFTER INSERT OR UPDATE ON appointment_slot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointment_slot_check_taken();
CREATE CONSTRAINT TRIGGER appointment_booking_taken AFTER INSERT OR UPDATE ON appointment_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointment_slot_check_taken();
"""

FREE = """
DROP TRIGGER appointment_booking_taken ON appointment_booking;
DROP TRIGGER appointment_slot_taken ON appointment_slot;
DROP FUNCTION appointment_slot_check_taken();
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]

    operations = [migrations.RunSQL(CHECK, FREE)]
