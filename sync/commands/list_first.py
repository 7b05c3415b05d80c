"""A group of commands that lists where its first word is none of them: `markers JB`."""

import click


class ListsUnlessTold(click.Group):
    """`markers JB` is `markers list JB`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words for those of `list` where no command is named."""
        if not args or args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)
