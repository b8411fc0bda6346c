"""How often one may try: log-ins by name and address, questions and look-ups by person. Kept in memory, in a moving window."""

from __future__ import annotations

import math
import time
from typing import Literal

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LOGINS = RateLimitItemPerMinute(8, 5)
"""Of one name from one address."""
LOGINS_BY_ADDRESS = RateLimitItemPerMinute(60, 5)
"""An office behind one address may mistype now and then."""

LOOKS = 10
"""Lists that a program may read in the time of one question."""


class Limits:
    """What each may do in a minute. Safe for several threads."""

    def __init__(self, questions: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._questions = RateLimitItemPerMinute(questions)
        self._looks = RateLimitItemPerMinute(LOOKS * questions)

    def question(self, key: str) -> bool:
        """Whether this person may ask now; counts as a question if so."""
        return self._limiter.hit(self._questions, "question", key)

    def look(self, key: str) -> bool:
        """Whether this person's program may read lists now; counts as a look if so."""
        return self._limiter.hit(self._looks, "look", key)

    def wait(self, key: str, kind: Literal["question", "look"] = "question") -> int:
        """Seconds until this person may do so again, at least one."""
        item = self._questions if kind == "question" else self._looks
        free = self._limiter.get_window_stats(item, kind, key).reset_time
        return max(1, math.ceil(free - time.time()))

    def login(self, name: str, address: str) -> bool:
        """Whether another log-in may be tried now; counts as a try if so."""
        return self._limiter.hit(LOGINS, "login", name, address) and self._limiter.hit(
            LOGINS_BY_ADDRESS, "login", address
        )
