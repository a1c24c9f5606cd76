"""The demo tenant: a box maker with an address, a GSTIN and two customers. Seeding again changes nothing."""

from tools.api import Caller, Refused, running_stack

USER = {"email": "demo@example.com", "password": "demo boxes for everybody"}
TENANT = {
    "address": "Plot 14, MIDC Industrial Estate\nBhosari, Pune 411026",
    "phone": "+91 20 2712 3456",
    "email": "sales@sharmapackaging.example.com",
    "gst_no": "27AAPFU0939F1ZV",
    "website": "https://sharmapackaging.example.com",
}
PARTIES = (
    {"person_name": "Ravi Kulkarni", "company_name": "Kulkarni Foods", "mobile_no": "+91 98220 12345"},
    {"person_name": "मीना देशपांडे", "company_name": "देशपांडे मसाले", "mobile_no": "+91 98230 54321"},
)


def seed(base_url: str) -> dict[str, str]:
    """Make the demo tenant unless it is there; answers how its owner signs in."""
    caller = Caller(base_url)
    try:
        caller.sign_in("/api/auth/signin", USER)
    except Refused as refused:
        if refused.status != 401:
            raise
        named = USER | {"full_name": "Asha Sharma", "company_name": "Sharma Packaging"}
        caller.sign_in("/api/auth/signup", named)
        caller.patch("/api/tenant", TENANT)
        for party in PARTIES:
            caller.post("/api/parties", party)
    return dict(USER)


if __name__ == "__main__":
    user = seed(running_stack()["base_url"])
    print(f"demo tenant: {user['email']} / {user['password']}")
