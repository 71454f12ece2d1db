"""Filters for addresses and devices. A hint about an address is the same whether it has an account or not."""

from django import template

from accounts import addresses, devices

register = template.Library()
register.filter("likely_meant", addresses.likely_meant)
register.filter("is_short_lived", addresses.is_short_lived)
register.filter("device_words", devices.device_words)
