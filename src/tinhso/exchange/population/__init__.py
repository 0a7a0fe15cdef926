"""The population database: what it tells of persons and households is copied, never changed here."""
