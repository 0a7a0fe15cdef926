"""Django's PostgreSQL, which looks at a kept connection without asking over it. Named in ``DATABASES``."""
