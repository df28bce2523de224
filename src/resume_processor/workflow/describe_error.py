"""An unexpected error for the log: what and where, never its message.

A message may quote the document (``invalid literal for int(): 'Jane'``), and a log must not.
"""

from __future__ import annotations

import traceback


def describe(error: BaseException) -> dict[str, str]:
    """Type of the error and the innermost place in the code, as fields of a log line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "unknown"
    if frames:
        module = "/".join(frames[-1].filename.split("/")[-3:])
        where = f"{module}:{frames[-1].lineno} in {frames[-1].name}"
    return {"error": type(error).__name__, "where": where}
