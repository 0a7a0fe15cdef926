"""Just enough DER (X.690) to take a time stamp apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One element: its tag byte, what is in it, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> list["Item"]:
        """:raises ValueError: the content is not a row of elements"""
        return read_all(self.content)


def read(data: bytes, tag: int) -> Item:
    """Return the one element that fills the data. :raises ValueError: it is not one, or has another tag"""
    (item,) = read_all(data)
    if item.tag != tag:
        raise ValueError("another tag")
    return item


def read_all(data: bytes) -> list[Item]:
    """Return the elements that stand in a row. :raises ValueError: the bytes are not DER"""
    items, at = [], 0
    while at < len(data):
        tag, start, length = _header(data, at)
        end = start + length
        if end > len(data):
            raise ValueError("cut off")
        items.append(Item(tag, data[start:end], data[at:end]))
        at = end
    return items


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise ValueError("no element")
    first = data[at + 1]
    if first < 0x80:
        return data[at], at + 2, first
    count = first & 0x7F
    if not 1 <= count <= 4 or at + 2 + count > len(data):
        raise ValueError("no length")
    return data[at], at + 2 + count, int.from_bytes(data[at + 2 : at + 2 + count], "big")
