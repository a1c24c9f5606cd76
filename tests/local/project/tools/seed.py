"""The demo user and the admin of the small project."""


def seed(base_url, control_url, admin_password):
    print("seeding", base_url, control_url)
    user = {"email": "demo@example.com", "password": "a demo of a password"}
    return {"demo_user": user, "admin": {"email": "admin@example.com", "password": admin_password}}
