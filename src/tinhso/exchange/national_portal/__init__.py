"""The National Public Service Portal: what arrives from it, and what it is told. docs/national-portal.md."""
