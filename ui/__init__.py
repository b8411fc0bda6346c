"""Faces: the web app and the command line."""
