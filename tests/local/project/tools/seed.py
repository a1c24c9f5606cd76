"""The demo user of the small project."""


def seed(base_url):
    print("seeding", base_url)
    return {"email": "demo@example.com", "password": "a demo of a password"}
