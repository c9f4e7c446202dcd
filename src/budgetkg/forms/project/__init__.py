"""Tables and forms of projects."""
