"""The one app: every command under its name, in the order in which help lists them."""

from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from gouji.command_line.usage import in_chinese, usage_in_chinese, with_help_in_chinese

# Each command, or group of commands, with the module and the name under which it stands there. All
# of them loaded take as long as a small workbook takes to be checked.
COMMANDS: Final = MappingProxyType({
    "new": ("workbooks", "new"),
    "check": ("workbooks", "check"),
    "report": ("reports", "report"),
    "render": ("reports", "render"),
    "import": ("workbooks", "import_report"),
    "rollover": ("workbooks", "rollover"),
    "upgrade": ("workbooks", "upgrade"),
    "batch": ("batches", "batch"),
    "consolidate": ("consolidating", "consolidate"),
    "desk": ("desk", "desk"),
    "demo": ("reports", "demo"),
    "format-check": ("documents", "format_check"),
    "audit": ("documents", "audit"),
    "refresh": ("documents", "refresh"),
    "proof": ("documents", "proof"),
    "pdf": ("documents", "pdf"),
    "adopt": ("adopting", "adopt"),
    "lint": ("kinds", "lint"),
    "kinds": ("kinds", "kinds"),
    "settings": ("settings", "settings"),
    "kind": ("kind_authoring", "of_kind"),
    "addin": ("addin", "of_addin"),
})  # fmt: skip


class _OnDemand(TyperGroup):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        # with all of them a name that is none is compared, for the word that was meant
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.add_command(with_help_in_chinese(_command(name)), name)
        return super().get_command(ctx, cmd_name)

    def get_help(self, ctx: Any) -> str:
        return in_chinese(super().get_help(ctx))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        with usage_in_chinese():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        with usage_in_chinese():
            return super().invoke(ctx)


def _command(name: str) -> Any:
    """The command, or the group of commands, of this name."""
    module, attribute = COMMANDS[name]
    found = getattr(import_module(f"gouji.command_line.{module}"), attribute)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name)(found)
        return get_command(alone)
    return get_command(found)


app = typer.Typer(
    name="gouji",
    cls=_OnDemand,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"gouji {version('gouji')}")
        raise typer.Exit


@app.callback(help="勾稽:一本 Excel 填报,合计自动核对,一键生成官方格式的 Word 报告。")
def gouji(
    version: Annotated[
        bool,
        typer.Option("--version", help="版本。", callback=_say_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before any command."""
