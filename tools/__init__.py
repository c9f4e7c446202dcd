"""What runs in a checkout only: files that derive from others, and the site."""
