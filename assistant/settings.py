"""The model endpoint, if one is configured: the only reader of WENNUO_LLM_*."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from corpus.errors import SettingsError


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """An OpenAI-compatible endpoint. timeout is in seconds, for the whole of one request."""

    model: str
    base_url: str
    api_key: str = field(default="EMPTY", repr=False)
    timeout: float = 60.0

    @classmethod
    def from_environment(cls) -> EndpointSettings | None:
        """None unless $WENNUO_LLM_MODEL and $WENNUO_LLM_BASE_URL are both set. Raises SettingsError when only one is."""
        model = os.environ.get("WENNUO_LLM_MODEL", "").strip()
        base_url = os.environ.get("WENNUO_LLM_BASE_URL", "").strip()
        if not model and not base_url:
            return None
        if not model or not base_url:
            raise SettingsError("set both WENNUO_LLM_MODEL and WENNUO_LLM_BASE_URL, or neither")
        if not base_url.startswith(("http://", "https://")):
            raise SettingsError("WENNUO_LLM_BASE_URL must begin with http:// or https://")
        seconds = os.environ.get("WENNUO_LLM_TIMEOUT", "60")
        try:
            timeout = float(seconds)
        except ValueError:
            raise SettingsError(
                f"WENNUO_LLM_TIMEOUT is {seconds!r}; it must be a number of seconds"
            ) from None
        return cls(model, base_url, os.environ.get("WENNUO_LLM_API_KEY") or "EMPTY", timeout)
