"""What the commands print, and the work behind those that need no server."""
