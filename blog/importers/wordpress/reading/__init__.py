"""Read an export file as a stream of records, whatever its bytes are."""
