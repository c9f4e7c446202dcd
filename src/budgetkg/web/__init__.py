"""The graph in a browser, and behind the same addresses the protocols that machines use."""
