"""Do what is asked: answer, sleep, raise, exit."""

import json
import os
import time


def handler(event, context):
    asked = json.loads(event["body"])
    if "sleep" in asked:
        time.sleep(asked["sleep"])
    if "exit" in asked:
        os._exit(asked["exit"])
    if "raise" in asked:
        raise ValueError(asked["raise"])
    if "large" in asked:
        return {"statusCode": 200, "body": "x" * asked["large"]}
    return asked["answer"]
