from django.apps import AppConfig


class BookkeepingConfig(AppConfig):
    """Electronic receipts and the daily comparison of the books."""

    name = "tinhso.bookkeeping"
    label = "bookkeeping"
    default_auto_field = "django.db.models.BigAutoField"
