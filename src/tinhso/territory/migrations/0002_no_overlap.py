"""
No two units of one code at the same time, refused by the database itself.

GiST knows equality of text only with the contrib btree_gist, which the embedded server does not have; the code
is therefore written as a range of one number. A leading 1 keeps 01, 001 and 00001 apart.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE territory_unit ADD CONSTRAINT territory_unit_no_overlap EXCLUDE USING gist (
                    int8range(('1' || code)::bigint, ('1' || code)::bigint, '[]') WITH &&,
                    daterange(valid_from, valid_until) WITH &&
                )
            """,
            reverse_sql="ALTER TABLE territory_unit DROP CONSTRAINT territory_unit_no_overlap",
        )
    ]
