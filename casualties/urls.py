"""Addresses of the pages and files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
