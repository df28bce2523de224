"""Reading PDF through PDFium."""
