"""Exports that a worker makes: asked for within a quota, made one after the other, handed to their owner, removed."""

from casualties.exports.background.asking import QuotaReached, ask, cancel, delete, room_of
from casualties.exports.background.handing_out import Gone, hand_out
from casualties.exports.background.making import exports_are_waiting, make_next
from casualties.exports.background.sizes import is_long, rows_expected
from casualties.exports.background.store import forget_expired

__all__ = [
    "Gone",
    "QuotaReached",
    "ask",
    "cancel",
    "delete",
    "exports_are_waiting",
    "forget_expired",
    "hand_out",
    "is_long",
    "make_next",
    "room_of",
    "rows_expected",
]
