"""One family of errors for the service, each carrying the advice that mends it."""

from datetime import timedelta

from models.errors import DatabaseError, PracticeError

__all__ = [
    "CalendarGone",
    "CalendarNotProved",
    "CalendarUnreachable",
    "DatabaseError",
    "DeliveryDoubtful",
    "DeliveryImpossible",
    "DeliveryPostponed",
    "MailSignInRefused",
    "MailUnreachable",
    "PermissionEnded",
    "PracticeError",
    "QuotaSpent",
    "Refused",
    "SettingsError",
    "SignInNeeded",
    "SyncError",
    "SyncTokenExpired",
]


LINK_ONE = (
    "Run `practice-sync connect google --client-secrets FILE`; "
    "without a Google client, `practice-sync connect ics ADDRESS`."
)
"""What to do where no calendar is linked yet."""


class SettingsError(PracticeError):
    """The settings file or an override cannot be used."""

    advice = "Correct the settings file; `practice-sync doctor` checks it."


class Refused(PracticeError):
    """What was asked for cannot be done with what is recorded: an unknown id, a clash of names."""


class SyncError(PracticeError):
    """A calendar could not be read. Nothing recorded was changed."""


class SyncTokenExpired(SyncError):
    """The calendar no longer accepts our sync token; a full reading is needed (R7, R8)."""

    advice = "Nothing to do: the next run reads the calendar afresh."


class CalendarUnreachable(SyncError):
    """The calendar did not answer, or not sensibly; it may well do so soon (R77, transient)."""

    advice = "Nothing to do if it passes; check the network if it lasts."


class QuotaSpent(CalendarUnreachable):
    """The day's quota at Google is spent; asking again soon is of no use (R79)."""

    advice = "Nothing to do: reading goes on by itself when the quota is given afresh."


class SignInNeeded(SyncError):
    """Google no longer accepts our stored permission (R80, R81)."""

    advice = "Run `practice-sync connect google` and sign in again."


class PermissionEnded(SignInNeeded):
    """Google ended the stored permission itself: it was revoked, or its time was over (R81, R85)."""


class CalendarNotProved(SyncError):
    """Another account than before shows nothing of what is known of the calendar (R86)."""

    advice = (
        "Connect again with the account that was used before; or, if the calendar was begun anew and its "
        "appointments are really gone, run `practice-sync pull --accept-empty`."
    )


class CalendarGone(SyncError):
    """The calendar is deleted or no longer shared with us; its sessions are frozen (R34)."""

    advice = "Share the calendar again, or run `practice-sync connections` to see what is linked."


class DeliveryPostponed(PracticeError):
    """The mail was certainly not accepted; it is safe to try again later, but not before `wait` is over."""

    advice = "Nothing to do: delivery is tried again by itself."

    def __init__(self, what: str, advice: str | None = None, *, wait: timedelta = timedelta()) -> None:
        super().__init__(what, advice)
        self.wait = wait


class MailUnreachable(DeliveryPostponed):
    """Whoever carries mail cannot be reached, or not safely: no other mail would get further."""

    advice = "Nothing to do if it passes; if it lasts, check the `mail.…` settings and the network."


class MailSignInRefused(DeliveryPostponed):
    """Whoever carries mail does not let us sign in: no other mail would get further, until that is mended."""

    advice = (
        "Check the mail user and password; an app password may be needed. "
        "Then run `practice-sync doctor --send-test`."
    )


class DeliveryImpossible(PracticeError):
    """The mail was refused for good, or must not be sent this way."""

    advice = "Check the address and the mail settings; `practice-sync doctor` tests them."


class DeliveryDoubtful(PracticeError):
    """The mail was handed over, but the answer was lost: it may or may not have arrived."""

    advice = "Look in the inbox; it is sent once more by itself while the session has not begun."
