"""What other domains may hear of tenancy."""

from shared.domains.tenancy.events import TenantErased as TenantErased
