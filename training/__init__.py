"""Rebuilds the models of ``resume_processor.parsing.models`` from documents and gold records."""
