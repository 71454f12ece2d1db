"""What the pages say, read from rows and worded; nothing here writes or decides."""
