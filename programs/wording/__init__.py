"""Human words for what the rules say, as reviewed by the clinician. No logic, no rows."""
