"""Names on the public page: enough for the holder to recognise themselves, too little for anybody else."""

from tinhso.kernel.text import normalise


def mask_name(full_name: str) -> str:
    """
    Keep the family name and the first letters of the rest.

    >>> mask_name("Nguyễn Thị Bình")
    'Nguyễn T. B.'
    >>> mask_name("Y")
    'Y.'
    """
    words = normalise(full_name).split(" ")
    if len(words) == 1:
        return f"{words[0][:1]}." if words[0] else ""
    return " ".join([words[0], *(f"{word[0].upper()}." for word in words[1:])])
