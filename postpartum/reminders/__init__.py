"""Reminders: on the chosen days and time, only when welcome, and easily stopped."""
