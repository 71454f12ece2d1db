"""Faults that are made to happen to a site of their own, with counts: `bench/fault NAME`."""
