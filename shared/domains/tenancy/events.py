"""Events of this domain."""

from uuid import UUID

from pydantic import BaseModel


class TenantExportRequested(BaseModel):
    """Somebody wants his tenant's data as an archive."""

    export_id: UUID


class TenantErased(BaseModel):
    """The rows of a tenant are gone; its files are still in the storage."""

    erased_id: UUID
