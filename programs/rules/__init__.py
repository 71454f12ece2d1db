"""The clinical rules as pure functions: answers and facts in, codes and reasons out.

Standard library only. Nothing here reads a clock, a row, a request or a file, and nothing here words
anything for a person: rules return codes, `programs.labels` and the templates word them. Every table
row names its source: the rule id of the clinical data, or the section of the evidence base.
"""

RULES_VERSION = "2.0"
