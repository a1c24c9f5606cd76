"""The platform's own settings."""

from sqlalchemy import Column, Table, Text

from shared.core.tables import metadata

platform_settings = Table(
    "platform_settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text),
)
