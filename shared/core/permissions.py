"""What the platform's own admins may do: the one table of it, reviewed as a file (docs/permissions.md shows it whole).

A super admin may do everything; the others what their role includes, and what was granted to them besides.
"""

_SUPPORT_VIEWER = frozenset(
    {
        "list_tickets",
        "view_assigned_tickets",
        "view_ticket_details",
        "view_user_profile",
        "view_user_subscriptions",
        "view_user_payments_readonly",
        "view_user_invoices_readonly",
        "view_own_metrics",
    }
)
_SUPER_ADMIN_ALONE = frozenset(
    {
        "create_staff",
        "list_staff",
        "disable_staff",
        "view_staff_activity",
        "reset_staff_password",
        "view_all_tickets",
        "assign_coupon",
        "approve_coupon",
        "override_coupon",
        "delete_coupon",
        "configure_payment_gateways",
        "configure_roles",
        "manage_settings",
        "view_audit_logs",
        "export_audit_logs",
        "view_staff_analytics",
        "view_ticket_analytics",
        "view_coupon_analytics",
        "view_revenue_analytics",
        "export_analytics",
        "manage_users",
        "manage_tenants",
        "manage_trial_invites",
        "manage_ip_whitelist",
        "impersonate_users",
    }
)
_OF_STAFF = {
    "support_staff": _SUPPORT_VIEWER
    | {"create_ticket", "resolve_ticket", "close_ticket", "add_ticket_note", "assign_ticket"},
    "support_viewer": _SUPPORT_VIEWER,
    "marketing_staff": frozenset(
        {
            "create_coupon",
            "list_coupons",
            "assign_coupon_to_user",
            "assign_coupon_to_business",
            "view_coupon_performance",
            "view_own_metrics",
        }
    ),
    "finance_admin": frozenset(
        {
            "view_payments",
            "create_invoice",
            "finalize_invoice",
            "create_credit_note",
            "process_refund",
            "export_gst",
            "list_payments",
            "view_invoices",
            "list_invoices",
            "view_gst_reports",
            "view_user_profile",
            "view_user_subscriptions",
            "view_user_payments_readonly",
            "view_user_invoices_readonly",
        }
    ),
}
PERMISSIONS = _SUPER_ADMIN_ALONE.union(*_OF_STAFF.values())
ROLES = {"super_admin": PERMISSIONS, **_OF_STAFF}


def allowed(role: str, granted: frozenset[str] = frozenset()) -> frozenset[str]:
    """The permissions of an admin of this role to whom `granted` was given besides; of an unknown role nothing."""
    return ROLES.get(role, frozenset()) | (granted & PERMISSIONS)
