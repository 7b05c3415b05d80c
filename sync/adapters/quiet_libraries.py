"""Keeps Google's libraries from writing addresses and answers into our log.

At level WARNING googleapiclient names the URL of every retry, and with it the calendar's id, which is
somebody's address; below that, it and the OAuth libraries write whole requests and their secrets.
"""

import logging

TALKATIVE = (
    "googleapiclient",
    "google",
    "google_auth_httplib2",
    "google_auth_oauthlib",
    "oauthlib",
    "requests_oauthlib",
    "urllib3",
)


def quiet_libraries() -> None:
    """Let these libraries log errors only, whatever level the root has. May be called any number of times."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
