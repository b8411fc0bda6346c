"""How often one may try: log-ins by name and address, questions by person. Kept in memory, in a moving window."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LOGINS = RateLimitItemPerMinute(8, 5)
"""Of one name from one address."""
LOGINS_BY_ADDRESS = RateLimitItemPerMinute(60, 5)
"""An office behind one address may mistype now and then."""


class Limits:
    """What each may do in a minute. Safe for several threads."""

    def __init__(self, questions: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._questions = RateLimitItemPerMinute(questions)

    def question(self, key: str) -> bool:
        """Whether this person may ask now; counts as a question if so."""
        return self._limiter.hit(self._questions, "question", key)

    def login(self, name: str, address: str) -> bool:
        """Whether another log-in may be tried now; counts as a try if so."""
        return self._limiter.hit(LOGINS, "login", name, address) and self._limiter.hit(
            LOGINS_BY_ADDRESS, "login", address
        )
