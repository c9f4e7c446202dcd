"""Processes that do one thing within limits: begun cheaply, ended with their parent, without a network."""
