"""Write down the versions of the plan files, so that what changed can be shown."""

from datetime import datetime

from django.db import transaction

from tinhso.plans import versions
from tinhso.plans.reading import plans


@transaction.atomic
def take_versions(*, at: datetime) -> int:
    """Look at every plan file and keep what is new; return how many plans there are."""
    found = plans()
    for file in found.values():
        versions.current(file, at=at)
    return len(found)
