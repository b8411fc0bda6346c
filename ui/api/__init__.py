"""The ways in for programs: a REST interface, the Model Context Protocol, and what a watching system asks."""
