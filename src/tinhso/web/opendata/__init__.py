"""Open data: what registers publish, for people and programs; and one record by its key."""
