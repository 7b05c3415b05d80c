"""The root of the one family of errors, and the errors of remembering."""


class PracticeError(Exception):
    """Something a person can mend. Its text is one line; `advice` says how to mend it.

    The text never carries a name, a title, an address or a note: it may be logged.
    """

    advice = ""

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        if advice is not None:
            self.advice = advice


class VaultError(PracticeError):
    """The sealed words cannot be opened with what we have."""


class KeyMissing(VaultError):
    """There is no root key at the recorded place."""

    advice = "Put the key back, or run `practice-sync init --recover` with your recovery code."


class KeyUnsafe(VaultError):
    """The key is there, but others could read it or have replaced it."""

    advice = "Make the key file yours alone: `chmod 600` it and own it; then try again."


class WrongKey(VaultError):
    """A key was found, but this database was sealed with another one."""

    advice = "Put back the key that belongs to this database, or run `practice-sync init --recover`."


class SealBroken(VaultError):
    """One sealed value was damaged or moved; nothing is shown in its place."""

    advice = "Restore that record from a backup; every other record is unaffected."


class DatabaseError(PracticeError):
    """The database cannot be used as it is."""


class DatabaseMissing(DatabaseError):
    """There is no database where the settings say it is."""

    advice = "Run `practice-sync init` first, or correct `database.url` in the settings."


class DatabaseDamaged(DatabaseError):
    """The file is there but is not a sound database. It is never replaced or repaired by itself."""

    advice = "Keep the file as it is and restore a backup beside it."


class DatabaseUnwritable(DatabaseError):
    """The disk is full or read-only; nothing was changed."""

    advice = "Free some space or make the home folder writable, then run the command again."


class DatabaseUnreachable(DatabaseError):
    """The database is busy or its server does not answer; nothing was changed."""

    advice = "Check that the server runs and that `database.url` is right, then try again."


class DatabaseBusy(DatabaseError):
    """Another process writes for too long; nothing was changed."""

    advice = "Wait until the other command has ended, then try again."


class DatabaseBehind(DatabaseError):
    """The database was made by another version of the program."""

    advice = "Run `practice-sync init` to bring it up to date; nothing is lost by it."
