"""Record what became of each thing in the file, and say it to people."""
