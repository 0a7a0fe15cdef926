"""What a command needs to speak Vietnamese when it needs no database: half a second instead of three."""

import django
from django.conf import settings

from tinhso.settings.env import ROOT, env


def start() -> None:
    """Make translated sentences work; does nothing where Django is already up."""
    if settings.configured:
        return
    settings.configure(
        TINHSO=env,
        LANGUAGE_CODE="vi",
        LANGUAGES=[("vi", "Tiếng Việt"), ("en", "English")],
        LOCALE_PATHS=[ROOT / "src" / "tinhso" / "web" / "locale"],
        USE_I18N=True,
        USE_TZ=True,
        TIME_ZONE="Asia/Ho_Chi_Minh",
    )
    django.setup()
