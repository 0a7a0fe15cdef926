"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something that is not as it was sealed.

    :param code: stable, for programs: ``row-altered``, ``tile-truncated`` …
    :param sentence: for operators, in English as all that the log of the program says
    :param position: the entry's, where it is about one
    :param index: the leaf's, where it is about one
    :param is_remark: worth knowing, no sign of tampering
    """

    code: str
    sentence: str
    position: int | None = None
    index: int | None = None
    is_remark: bool = False
