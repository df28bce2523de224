"""The only wiring: settings in, the parts of a running process out."""
