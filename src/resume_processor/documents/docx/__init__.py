"""Reading DOCX from its XML."""
