"""Faces: the web app and the command line."""

from corpus.settings import silence_telemetry

silence_telemetry()  # before any module of this package imports gradio, which reads the environment at import
