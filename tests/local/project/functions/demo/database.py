"""The connection that the functions here share."""

import os
from urllib.parse import urlsplit

from pg8000.native import Connection


def connect():
    url = urlsplit(os.environ["DATABASE_URL"])
    return Connection(url.username, password=url.password, host=url.hostname, port=url.port, database=url.path[1:])
