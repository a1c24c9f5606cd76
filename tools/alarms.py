"""The alarms of a domain's template; each tells the alarm topic."""

from typing import Any

Alarm = dict[str, Any]


def function_errors(function: str) -> Alarm:
    return _alarm("AWS/Lambda", "Errors", {"FunctionName": {"Ref": function}}, f"{function} failed", threshold=1)


def http_api(domain: str) -> Alarm:
    return _alarm("AWS/ApiGateway", "5xx", {"ApiId": {"Ref": "HttpApi"}}, f"The {domain} API answered 5xx", threshold=5)


def queue_filled(queue: str) -> Alarm:
    return _alarm(
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        _queue(queue),
        f"{queue} holds messages nobody could handle",
        threshold=1,
        statistic="Maximum",
    )


def queue_late(queue: str) -> Alarm:
    return _alarm(
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage",
        _queue(queue),
        f"The oldest message of {queue} waits over 15 minutes",
        threshold=900,
        statistic="Maximum",
    )


def _queue(queue: str) -> dict[str, Any]:
    return {"QueueName": {"Fn::GetAtt": [queue, "QueueName"]}}


def _alarm(
    namespace: str, metric: str, dimensions: dict[str, Any], description: str, *, threshold: int, statistic: str = "Sum"
) -> Alarm:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": description,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "Statistic": statistic,
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "AlarmTopicArn"}],
        },
    }
