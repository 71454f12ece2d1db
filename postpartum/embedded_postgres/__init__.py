"""The PostgreSQL that comes as a wheel, for every machine where DATABASE_URL names no other.

Only the wheel's programs are used, never its own life cycle. The server listens on a Unix socket in a private
directory of its own and on no network port, so it cannot collide with another server.
"""

from postpartum.embedded_postgres.cluster import Cluster
from postpartum.embedded_postgres.errors import EmbeddedPostgresError
from postpartum.embedded_postgres.places import connection, make_data_dir
from postpartum.embedded_postgres.programs import programs_directory

__all__ = ["Cluster", "EmbeddedPostgresError", "connection", "make_data_dir", "programs_directory"]
