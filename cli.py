"""The door: every command by name, loaded only when it is called."""

import gc
import importlib
import sys

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo:demo", "See the whole trip on this machine alone, with invented people."),
    "init": ("init:init", "Set up a home folder, a key and a database."),
    "doctor": ("doctor:doctor", "Check every part and say what to fix."),
    "practitioners": ("practitioners:practitioners", "Who works here: list, add, set, confirm."),
    "connect": ("connect:connect", "Link a calendar, or allow mail to be sent."),
    "connections": ("connections:connections", "The linked calendars: list, pause, resume, relink, remove."),
    "pull": ("pull:pull", "Read the calendars once."),
    "once": ("once:once", "One whole pass: pull, stubs, due briefings."),
    "work": ("work:work", "The background worker."),
    "clients": ("clients:clients", "The people: list, add, alias, rename, merge and more."),
    "markers": ("markers:markers", "What is followed for a client: list, add, edit, retire, suggest."),
    "goals": ("goals:goals", "What a client works towards: list, add, edit, retire."),
    "measure": ("measure:measure", "Standard questionnaires: list, enter, show, void."),
    "inbox": ("inbox:inbox", "Appointments whose client is not certain: list, assign, ignore."),
    "sessions": ("sessions:sessions", "Session records and attendance: list, show, mark, assign."),
    "note": ("note:note", "Notes: write, read, sign, amend; private ones apart."),
    "progress": ("progress:progress", "A client's way over months, from the notes seen together."),
    "attendance": ("attendance:attendance", "Attendance continuity: codes, counts, dates, flags."),
    "load": ("load:load", "Your own load: sessions, runs without a break, notes; for your eyes."),
    "briefing": ("briefing:briefing", "Briefings: preview, list."),
}
"""Name to (module:command below `sync.commands`, help), so that `--help` loads none of them."""


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are called, and listed from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every name, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"sync.commands.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a test calls each of them
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands' section of the help from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="practice-sync", prog_name="practice-sync")
def practice_sync() -> None:
    """Turn a therapist's Google Calendar into session records, note stubs and briefings."""


def tune_python() -> None:
    """Have Python look for garbage less often, and change threads more often.

    A reading makes many objects that all live until it ends: with Python's own thresholds a sixth of a first
    reading's time goes into looking in vain. And a thread that comes back from the database waits for its
    turn as long as this says, five milliseconds by Python's own rule: more than most statements take.
    """
    gc.set_threshold(500_000, 20, 100)
    sys.setswitchinterval(0.0003)


def main() -> None:
    """Run a command. What a person can mend ends in one clear message with its remedy and exit code 1."""
    tune_python()
    from models.errors import PracticeError  # noqa: PLC0415 - not needed to show help

    if any("\ud800" <= letter <= "\udfff" for word in sys.argv[1:] for letter in word):
        click.echo("practice-sync: an argument holds characters that are no text.", err=True)
        sys.exit(2)
    try:
        ended = practice_sync(prog_name="practice-sync", standalone_mode=False)
        sys.exit(ended if isinstance(ended, int) else 0)
    except PracticeError as trouble:
        _say("practice-sync: ", str(trouble))
        if trouble.advice:
            _say("  ", trouble.advice)
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as unsaid:
        unsaid.show()
        sys.exit(unsaid.exit_code)
    except click.ClickException as misuse:
        if isinstance(misuse, click.UsageError) and misuse.ctx is not None:
            click.echo(misuse.ctx.get_usage(), err=True)
            _say("", f"Try `{misuse.ctx.command_path} --help`.")
        _say("Error: ", misuse.format_message())
        sys.exit(misuse.exit_code)
    except click.Abort:
        click.echo("Aborted!", err=True)
        sys.exit(1)
    except BrokenPipeError:  # `practice-sync sessions | head` is no fault
        sys.stderr.close()
        sys.exit(0)


def _say(lead: str, text: str) -> None:
    """Tell what is wrong, or what mends it, in lines that fit a terminal."""
    from sync.commands.showing import show_text  # noqa: PLC0415 - as above

    show_text(text, lead, err=True)


if __name__ == "__main__":
    main()
