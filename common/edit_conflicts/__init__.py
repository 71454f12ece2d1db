"""Optimistic locking for the forms of the desk: a save never silently overwrites what somebody else saved meanwhile."""
