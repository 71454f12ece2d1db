"""Mail: queued as a row in the transaction of its cause, rendered in our layout, sent by the worker."""
