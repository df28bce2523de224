"""Self-hosted resume engine: reads, parses into JSON Resume with evidence, and scores with a ledger."""
