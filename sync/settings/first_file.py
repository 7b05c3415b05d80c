"""The settings file that `init` writes: short, with the settings most people come to change."""

import json
from pathlib import Path


def first_settings_text(key_place: str, key_file: Path | None = None, key_account: str | None = None) -> str:
    """The text of a first `settings.toml` that records where the root key was put.

    `key_file` is recorded for a key file, `key_account` for a keychain, so that the key is found again when
    the home folder has moved.
    """
    lines = ["[key]", f"place = {_quoted(key_place)}"]
    if key_file is not None:
        lines.append(f"file = {_quoted(str(key_file))}")
    if key_account is not None:
        lines.append(f"account = {_quoted(key_account)}")
    return _INTRODUCTION + "\n".join(lines) + "\n" + _SUGGESTIONS


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_INTRODUCTION = """\
# Settings of Practice Sync. Every setting, its default and its meaning: docs/settings.md.
# Passwords do not belong here. `practice-sync doctor` checks this file.

# Where the key is that opens this practice's records. Move the key first, then change this.
"""

_SUGGESTIONS = """
# Take the # away to change a default.

[practice]
# time_zone = "Europe/Berlin"

[matching]
# languages = ["en"]      # whose words for cancelled and no-show a title may have: en de fr es it nl pt

[briefing]
# lead_minutes = 60
# privacy = "code"        # link: a notice only; code: no names; full

[mail]
# transport = "smtp"      # until then briefings stay in the folder `mail` beside this file
# from = "practice@example.org"
# smtp_host = "mail.example.org"
# smtp_user = "practice@example.org"
"""
