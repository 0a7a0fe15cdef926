import io
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.kernel import sealing
from tinhso.kernel.sealing import CHUNK, DamagedFile, Sealer, Unsealer, sealed_size

KEY = bytes(range(32))
FILE = UUID("019bb1f0-0000-7000-8000-000000000001")
OTHER = UUID("019bb1f0-0000-7000-8000-000000000002")


def seal(plain: bytes, file_id: UUID = FILE) -> bytes:
    return b"".join(Sealer(content=io.BytesIO(plain), key=KEY, file_id=file_id).chunks())


def unseal(sealed: bytes, size: int, *, key: bytes = KEY, file_id: UUID = FILE) -> bytes:
    with io.BufferedReader(Unsealer(sealed=io.BytesIO(sealed), key=key, file_id=file_id, size=size)) as plain:
        return plain.read()


def content(size: int) -> bytes:
    return (b"0123456789abcde" * (size // 15 + 1))[:size]


SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_again(size: int) -> None:
    sealed = seal(content(size))

    assert len(sealed) == sealed_size(size)
    assert unseal(sealed, size) == content(size)


@pytest.mark.parametrize("size", [0, 5, CHUNK + 3])
def test_one_flipped_bit_anywhere_is_noticed(size: int) -> None:
    sealed = seal(content(size))

    for position in {0, 8, len(sealed) // 2, len(sealed) - 1}:
        damaged = bytearray(sealed)
        damaged[position] ^= 1
        with pytest.raises(DamagedFile):
            unseal(bytes(damaged), size)


def test_a_shortened_or_lengthened_file_is_noticed_on_opening() -> None:
    sealed = seal(content(2 * CHUNK))

    for altered in (sealed[:-1], sealed[: -CHUNK - 16], sealed + b"x"):
        with pytest.raises(DamagedFile, match="long"):
            unseal(altered, 2 * CHUNK)


def test_a_file_cut_at_a_chunk_is_noticed_even_when_its_size_is_altered_to_match() -> None:
    sealed = seal(content(2 * CHUNK))

    with pytest.raises(DamagedFile, match="chunk 0"):
        unseal(sealed[: sealed_size(CHUNK)], CHUNK)


def test_swapped_chunks_are_noticed() -> None:
    sealed = seal(content(3 * CHUNK))
    head, step = len(sealing.MAGIC), CHUNK + sealing.TAG
    first, second = sealed[head : head + step], sealed[head + step : head + 2 * step]

    with pytest.raises(DamagedFile, match="chunk 0"):
        unseal(sealed[:head] + second + first + sealed[head + 2 * step :], 3 * CHUNK)


def test_another_files_bytes_are_noticed() -> None:
    with pytest.raises(DamagedFile):
        unseal(seal(b"abc", file_id=OTHER), 3)


def test_the_wrong_key_opens_nothing() -> None:
    with pytest.raises(DamagedFile):
        unseal(seal(b"abc"), 3, key=bytes(32))

    wrapped = sealing.wrap_key(wrapping_key=KEY, key=bytes(32), file_id=FILE)
    assert sealing.unwrap_key(wrapping_key=KEY, wrapped=wrapped, file_id=FILE) == bytes(32)
    for wrapping_key, file_id in ((bytes(32), FILE), (KEY, OTHER)):
        with pytest.raises(DamagedFile):
            sealing.unwrap_key(wrapping_key=wrapping_key, wrapped=wrapped, file_id=file_id)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2 * CHUNK + 99), st.integers(0, 70_000)), max_size=8))
def test_reading_from_any_position_gives_what_the_plain_file_gives(reads: list[tuple[int, int]]) -> None:
    plain = content(2 * CHUNK + 40)
    raw = Unsealer(sealed=io.BytesIO(seal(plain)), key=KEY, file_id=FILE, size=len(plain))
    with io.BufferedReader(raw) as opened:
        for position, length in reads:
            opened.seek(position)
            assert opened.read(length) == plain[position : position + length]


def test_a_stream_that_gives_little_at_a_time_is_sealed_whole() -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 1000))

    sealer = Sealer(content=Trickle(content(CHUNK + 5)), key=KEY, file_id=FILE)

    assert unseal(b"".join(sealer.chunks()), CHUNK + 5) == content(CHUNK + 5)
    assert sealer.size == CHUNK + 5
