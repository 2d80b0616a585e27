"""`--scheduler`: the address of a Dask scheduler, whose workers make the documents."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

import click

from rapportbygger.messages import _

PROTOCOLS = ("tcp", "tls")


def option() -> click.Option:
    """`--scheduler ADDRESS`."""
    return click.Option(
        ["--scheduler"],
        metavar="ADDRESS",
        callback=checked,
        help=_("Build on the workers of the Dask scheduler at ADDRESS (tcp://host:port), instead of on this machine."),
    )


def checked(context: click.Context, _parameter: click.Parameter, address: str | None) -> str | None:
    """The address, where it is one and Dask is installed; without Dask it is a wrong use to ask for it."""
    if address is None:
        return None
    if not _is_address(address):
        message = _("«{address}» is no address of a scheduler, such as «tcp://127.0.0.1:8786»")
        raise click.BadParameter(message.format(address=address), context)
    if find_spec("distributed") is None:
        message = _("Dask is not installed\n  install it with {command}")
        raise click.UsageError(message.format(command="`pip install rapportbygger[dask]`"), context)
    return address


def refuse_jobs(jobs: int | None, address: str | None) -> None:
    """It is a wrong use to ask for a number of processes as well."""
    if jobs and address:
        message = _(
            "`--jobs` and `--scheduler` cannot both be given\n  the scheduler's workers are as many as they are"
        )
        raise click.UsageError(message, click.get_current_context())


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in PROTOCOLS and bool(parts.hostname) and parts.port is not None
    except ValueError:  # a port that is none
        return False
