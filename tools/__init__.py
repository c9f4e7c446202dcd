"""Tools for a checkout: generators of derived files, and the site."""
