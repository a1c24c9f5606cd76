"""Put things into the outbox."""

import json
import os
import uuid

import boto3
import database


def handler(event, context):
    asked, connection = json.loads(event["body"]), database.connect()
    for name in asked["things"]:
        connection.run(
            "insert into outbox values (:id, 'ThingWritten', cast(:event as jsonb))",
            id=str(uuid.uuid4()),
            event=json.dumps({"name": name}),
        )
    connection.close()
    if asked.get("nudge"):
        boto3.client("sqs").send_message(QueueUrl=os.environ["OUTBOX_QUEUE_URL"], MessageBody="{}")
