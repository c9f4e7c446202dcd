"""Times beside a plain peer, on the same input, in the same run."""
