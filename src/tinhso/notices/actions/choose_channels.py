"""Choose by what ways, besides the inbox, to hear."""

from datetime import datetime

from django.db import transaction

from tinhso.kernel.refusals import NotAllowed
from tinhso.notices.models import Preference
from tinhso.notices.types import Channels
from tinhso.people.types import Actor


@transaction.atomic
def choose_channels(*, actor: Actor, at: datetime, email: bool, sms: bool) -> Channels:  # noqa: ARG001
    """
    Set what the actor's own person wants; messages already on their way still arrive.

    :raises NotAllowed: the actor is no person
    """
    if actor.person_id is None:
        raise NotAllowed

    Preference.objects.update_or_create(person_id=actor.person_id, defaults={"email": email, "sms": sms})
    return Channels(email=email, sms=sms)
