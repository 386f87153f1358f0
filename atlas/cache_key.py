"""What a cached function is handed beside the key that decides."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Keyed(Generic[T]):
    """Carries a value that cannot be hashed, or is dear to compare, past a cache: two are the same when their keys are.

    Attributes:
        value: what the function works on.
    """

    def __init__(self, value: T, key: Hashable):
        self.value = value
        self._key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)
