"""The graph for assistants (Model Context Protocol): search, stored questions, explanations, SPARQL."""
