"""Keep a log of things; their names tell how to fail."""

import json
import os

import database


def handler(event, context):
    connection, failed = database.connect(), []
    for record in event["Records"]:
        detail = json.loads(record["body"])["detail"]
        name = detail["event"]["name"]
        connection.run("insert into log values (:entry)", entry=f"tried {name}")
        tried = connection.run("select count(*) from log where entry = :entry", entry=f"tried {name}")[0][0]
        if name.startswith("poison") or (name.startswith("second time") and tried == 1):
            failed.append({"itemIdentifier": record["messageId"]})
        elif name.startswith("deadly") and tried == 1:
            os._exit(1)
        else:
            connection.run("insert into inbox values ('on_thing_written', :id) on conflict do nothing", id=detail["id"])
            connection.run("insert into log values (:entry)", entry=f"done {name}")
    connection.close()
    return {"batchItemFailures": failed}
