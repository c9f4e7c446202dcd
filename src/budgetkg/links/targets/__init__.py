"""What the graph can be linked with: one target a file."""
