"""The web process's entry."""

import os

from django.core.wsgi import get_wsgi_application

from peacekeeping.software import software

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacekeeping.settings")
application = get_wsgi_application()
software()  # read while its files are those that were imported
