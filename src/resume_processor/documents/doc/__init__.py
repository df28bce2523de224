"""Reading the binary DOC of Word 97 to 2003."""
