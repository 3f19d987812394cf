"""What a city's viewers and the public are told of others: a file beside the published one that changes by groups."""

from lib.release.advancing import LEAST, advance
from lib.release.classes import cut
from lib.release.naming import release_of

__all__ = ["LEAST", "advance", "cut", "release_of"]
