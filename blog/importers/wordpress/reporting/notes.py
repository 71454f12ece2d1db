"""What is worth knowing about how one article came in, gathered while it is converted."""


class Notes:
    """Codes in the order in which they came up, each once, with short details."""

    def __init__(self, reasons=(), detail=""):
        self.reasons = list(dict.fromkeys(reasons))
        self.details = [detail] if detail else []

    def add(self, reason, detail=""):
        """One thing more that is worth knowing."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        if detail and detail not in self.details:
            self.details.append(detail)

    @property
    def detail(self):
        """The details in one text of bounded length."""
        return "\n".join(self.details)[:2_000]
