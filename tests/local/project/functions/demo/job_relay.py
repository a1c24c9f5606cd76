"""Hand the outbox to the bus."""

import json
import os

import boto3
import database


def handler(event, context):
    connection = database.connect()
    rows = connection.run("select id, name, event from outbox where sent_at is null for update skip locked")
    for id, name, thing in rows:
        detail = json.dumps({"id": str(id), "event": thing})
        entry = {"EventBusName": os.environ["EVENT_BUS"], "Source": "small", "DetailType": name, "Detail": detail}
        boto3.client("events").put_events(Entries=[entry])
        connection.run("update outbox set sent_at = clock_timestamp() where id = :id", id=id)
    connection.close()
    return {"relayed": len(rows)}
