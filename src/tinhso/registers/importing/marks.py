"""Which keys a file has had so far, in sixteen bytes for each and some room: a dictionary takes a hundred."""

from array import array

_FIRST_SIZE = 1 << 12
_MASK = (1 << 64) - 1
_FULL = 0.6


class Marks:
    """
    Whole numbers, each under the hash of a name; names themselves are not kept.

    Two names share a hash once in some hundred thousand million million pairs.
    """

    def __init__(self) -> None:
        self._make(_FIRST_SIZE)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, name: object) -> bool:
        mark = _mark(name)
        return self._names[self._place(mark)] == mark

    def setdefault(self, name: object, value: int) -> int:
        """Return what is kept under the name; keep the value there where nothing is."""
        mark = _mark(name)
        place = self._place(mark)
        if self._names[place] == mark:
            return self._values[place]
        self._names[place], self._values[place] = mark, value & _MASK
        self._count += 1
        if self._count > _FULL * len(self._names):
            self._grow()
        return value & _MASK

    def _place(self, mark: int) -> int:
        names, last = self._names, len(self._names) - 1
        place = mark & last
        while names[place] not in (0, mark):
            place = (place + 1) & last
        return place

    def _make(self, size: int) -> None:
        self._names, self._values = (array("Q", bytes(8 * size)) for _one in range(2))
        self._count = 0

    def _grow(self) -> None:
        names, values = self._names, self._values
        self._make(2 * len(names))
        for mark, value in zip(names, values, strict=True):
            if mark:
                place = self._place(mark)
                self._names[place], self._values[place] = mark, value
                self._count += 1


def _mark(name: object) -> int:
    return hash(name) & _MASK or 1
