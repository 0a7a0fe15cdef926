"""
One lane of a file in a process of its own, as a worker loads it.

    python -m bench._registers_lane <id of the import> <number of the lane>

Says the seconds of processor of Python and of PostgreSQL, and the memory in MB.
"""

import os
import resource
import sys
import time
from datetime import UTC, datetime
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")

import django
from django.db import connection

from bench import _processor


def main() -> None:
    django.setup()
    from tinhso.people.types import system  # noqa: PLC0415  (models need Django)
    from tinhso.registers.importing import running  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = int(cursor.fetchone()[0])
    used, served = time.process_time(), _processor.seconds(server)
    running.load_lane(
        system=system("bench"),
        import_id=UUID(sys.argv[1]),
        number=int(sys.argv[2]),
        now=lambda: datetime.now(UTC),
    )
    own, theirs = time.process_time() - used, _processor.seconds(server) - served
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{own:.2f} {theirs:.2f} {peak:.0f}\n")


if __name__ == "__main__":
    main()
