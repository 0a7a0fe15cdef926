"""Remove Parquet files that newer ones replaced."""

from datetime import UTC, datetime, timedelta

from tinhso.facts import files
from tinhso.facts.models import FactFile

# Who took a snapshot before the newer file was written reads on for seconds, at most minutes.
STAYS = timedelta(hours=1)


def sweep_files(*, at: datetime) -> int:
    """Remove what no row names any more and is older than an hour; return how many."""
    known = set(FactFile.objects.values_list("name", flat=True))
    folder = files.folder()
    old = [
        path
        for path in folder.glob("*/*.parquet")
        if str(path.relative_to(folder)) not in known
        and datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) < at - STAYS
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
