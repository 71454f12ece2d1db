"""Objects that never change once they are made, such as the parts of a release."""

from typing import Generic, TypeVar

Part = TypeVar("Part")


class Unchanging:
    """A part of a release, or what follows from such parts alone: the same for everybody, and never changed.

    What is kept for one is found by its identity, as to compare two by their values takes longer.
    """


class ByIdentity(Generic[Part]):
    """An object that never changes as a key: compared by identity.

    For parts of a release, which are read once in each process and cannot be hashed.
    """

    __slots__ = ("it",)

    def __init__(self, it: Part) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.it is self.it
