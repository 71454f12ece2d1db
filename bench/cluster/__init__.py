"""A whole installation of many servers on this one machine, to be hurt: `bench/failover`."""
