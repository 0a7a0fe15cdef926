"""Who is let into an electronic receipt: whoever is let into its bill."""

from uuid import UUID

from tinhso.bookkeeping import queries
from tinhso.bookkeeping.queries import READER
from tinhso.dossiers.party import into_bill
from tinhso.people.types import Actor


def into_receipt(actor: Actor, receipt_id: UUID) -> Actor:
    """
    Return the actor as party to the case that the receipt's bill is of.

    :raises NotFound: there is no such receipt, or it is of a case the actor has no part in
    """
    return into_bill(actor, queries.access_receipt(actor=READER, receipt_id=receipt_id).bill_id)
