"""Leave a trace of having run."""

import database


def handler(event, context):
    connection = database.connect()
    connection.run("insert into log values ('counted')")
    connection.close()
    return {"source": event["source"]}
