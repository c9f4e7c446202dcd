"""Indicator tables and indicator cells."""
