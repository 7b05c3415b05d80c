"""The states of a note, as they are kept and as others may rely on them (but for `void`)."""

STUB = "stub"
DRAFT = "draft"
SIGNED = "signed"
VOID = "void"
"""The hidden stub of a cancelled session."""
