"""A read-only SPARQL endpoint: requests of the protocol, a crew of processes that answer, and a server."""
