"""How handing a message over may end, other than well."""


class NotSent(Exception):  # noqa: N818  (an answer of the carrier)
    """Surely not sent; it may be tried again."""


class Rejected(Exception):  # noqa: N818
    """Surely not sent, and never will be: a wrong address."""


class Unknown(Exception):  # noqa: N818
    """Perhaps sent. Trying again could deliver it twice, so a person decides."""
