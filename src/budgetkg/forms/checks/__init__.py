"""What a careful reader would report about a record."""
