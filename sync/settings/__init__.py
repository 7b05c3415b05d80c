"""Settings, read once from one TOML file and the environment."""

from sync.settings.first_file import first_settings_text
from sync.settings.loading import FILE_NAME, default_home, load_settings
from sync.settings.reference import SettingHelp, settings_help
from sync.settings.sections import Settings

__all__ = [
    "FILE_NAME",
    "SettingHelp",
    "Settings",
    "default_home",
    "first_settings_text",
    "load_settings",
    "settings_help",
]
