"""Where the officer sits: what the header of the desk says."""

from dataclasses import dataclass

from tinhso.dossiers.models.dossier import OVERSIGHT
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Office:
    """:param only_watches: no post of theirs works on dossiers"""

    agency: str
    post: str
    only_watches: bool


def office_of(actor: Actor) -> Office:
    """Return the first of the officer's offices; further ones are counted."""
    agencies = list(dict.fromkeys(post.agency_name for post in actor.posts))
    more = f" +{len(agencies) - 1}" if len(agencies) > 1 else ""
    return Office(
        agency=agencies[0] + more,
        post=actor.posts[0].title,
        only_watches=all(post.role == OVERSIGHT[0] for post in actor.posts),
    )
