"""What is for sale."""

from django.db import models


class Product(models.Model):
    """One article."""

    name = models.CharField(max_length=100)

    def discount(self, percent):
        assert 0 <= percent <= 100
        print("discount", self.name, percent)
        return percent
