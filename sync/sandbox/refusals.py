"""The errors that Google's API answers with, in the shape of their bodies."""

import json


class ApiError(Exception):
    """A request that is answered with an error status; `reason` is what a program goes by."""

    def __init__(
        self, status: int, reason: str, message: str, domain: str = "global", location: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        self.location = location

    def body(self) -> bytes:
        """The JSON body of the answer."""
        detail = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location is not None:
            detail |= {"locationType": "parameter", "location": self.location}
        error = {"errors": [detail], "code": self.status, "message": self.message}
        return json.dumps({"error": error}, ensure_ascii=False).encode()


def not_found() -> ApiError:
    """Neither the calendar nor the event is there, or not for this account."""
    return ApiError(404, "notFound", "Not Found")


def invalid(location: str, message: str = "Bad Request", reason: str = "badRequest") -> ApiError:
    """A parameter that cannot be used."""
    return ApiError(400, reason, message, location=location)


def sync_token_invalid() -> ApiError:
    """A sync token that was never given out, or belongs to another feed (R8)."""
    return ApiError(400, "invalid", "Invalid sync token value.", location="syncToken")


def full_sync_required() -> ApiError:
    """A sync token that is too old (R7)."""
    message = "Sync token is no longer valid, a full sync is required."
    return ApiError(410, "fullSyncRequired", message, "calendar", "syncToken")


def sign_in_required() -> ApiError:
    """No access token, or one that is no longer good."""
    return ApiError(401, "authError", "Invalid Credentials")


def scope_missing() -> ApiError:
    """The access token was granted for something else."""
    return ApiError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")


USAGE_REASONS = frozenset(
    (
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
        "accessNotConfigured",
    )
)


def refusal(status: int, reason: str, message: str = "") -> ApiError:
    """Any other refusal, with the domain that goes with its reason."""
    domain = "usageLimits" if reason in USAGE_REASONS else "global"
    return ApiError(status, reason, message or reason, domain)
