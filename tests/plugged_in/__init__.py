"""What is built is plugged in: everything of the product is reached from one of its doors, or a test here fails.

Doors are what starts without our code calling it: addresses, settings, commands, admin pages, scripts, the worker's
queues and rounds. From them a graph of references is followed through code and templates; what it never meets is
dead, however well its own tests prove it.
"""
