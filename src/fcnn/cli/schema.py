"""``fcnn schema``."""

import click


@click.command("schema", short_help="Print the JSON Schema of the config.")
def schema() -> None:
    """Print the JSON Schema of the config, for editors and other programs."""
    from fcnn.config.schema import schema_text

    click.echo(schema_text(), nl=False)
