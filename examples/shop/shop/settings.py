"""Settings with some of the mistakes that the audit is about."""

import os

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "insecure")
DEBUG = bool(os.environ.get("DJANGO_DEBUG", "true"))
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "catalog"]
STATIC_URL = "static/"
