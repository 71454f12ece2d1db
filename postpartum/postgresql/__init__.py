"""The ENGINE of DATABASES: that of `common`, whose waits for the server are noted and, if it hangs, ended."""
