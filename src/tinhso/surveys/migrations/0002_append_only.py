"""Answers are only ever added: nobody can better a figure afterwards."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION survey_answer_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'survey_answer only grows: % is forbidden', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER survey_answer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON survey_answer
  FOR EACH STATEMENT EXECUTE FUNCTION survey_answer_is_append_only();
ALTER TABLE survey_answer ENABLE ALWAYS TRIGGER survey_answer_append_only;
"""

UNDO = """
DROP TRIGGER survey_answer_append_only ON survey_answer;
DROP FUNCTION survey_answer_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
