"""Rules for web servers: how published files answer for IRIs, and how w3id.org leads to them."""

from budgetkg.web.hosting.rules import rules, write_rules

__all__ = ["rules", "write_rules"]
