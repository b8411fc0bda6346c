"""The command line `wennuo`."""
