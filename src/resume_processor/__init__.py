"""Self-hosted resume engine: reads, parses into JSON Resume with evidence, scores with a ledger."""
