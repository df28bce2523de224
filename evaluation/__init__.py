"""How good the parser is: metrics, figures over a corpus, floors that a change must not break."""
