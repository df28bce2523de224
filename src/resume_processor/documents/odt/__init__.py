"""Reading ODT from its XML."""
