"""The errors that the core raises on purpose. Nothing here knows how they are shown."""


class BadMessage(Exception):  # noqa: N818  it is the message that is bad
    """A message that can never be processed, with a reason from `outcome.RejectReason`.

    Args:
        reason: why, a member of the closed set.
        detail: one line for a person, at most 512 characters, never the payload.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail[:512]
