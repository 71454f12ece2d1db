"""Mail: every one is queued as a row in the transaction of its cause, dressed in our look, sent by the worker."""
