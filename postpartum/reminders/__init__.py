"""Reminders: on her days, at her hour, only when welcome, and easily stopped."""
