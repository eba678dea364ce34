from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class CasualtiesConfig(AppConfig):
    name = "casualties"
    verbose_name = "Casualties"

    def ready(self) -> None:
        """Whoever sends a task (web, command) sends it through the project's own Celery application."""
        import_module(settings.TASK_APPLICATION)
