"""Promised versus reported, pair by pair."""
