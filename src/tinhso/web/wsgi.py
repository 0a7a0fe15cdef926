"""What the web server runs."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
application = get_wsgi_application()
# It needs models, which are there only now.
import_module("tinhso.web.warming").start()
