"""Runs a state machine with moto's interpreter of the Amazon States Language, and prints how the execution ended.

usage: run_state_machine.py FILE NAME, with AWS_ENDPOINT_URL_EMR

Moto has no integration with EMR. This one has createCluster, addStep and terminateCluster, each with .sync.
"""

import json
import sys
import time

import boto3
import moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task_factory as state_task_factory
from moto import mock_aws
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import ResourceCondition
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

POLL_SECONDS = 0.3


def plain(response):
    """An answer as JSON; Step Functions has times in milliseconds."""
    return json.loads(json.dumps(response, default=lambda instant: int(instant.timestamp() * 1000)))


class EmrTask(StateTaskServiceCallback):
    """A task of EMR, which waits for the end of what it started."""

    emr = None

    def __init__(self):
        super().__init__(supported_integration_patterns={ResourceCondition.Sync})

    def _get_supported_parameters(self):
        # The parameters that AWS documents for each action.
        return {
            "createcluster": {
                "Name", "LogUri", "ReleaseLabel", "OSReleaseLabel", "Applications", "BootstrapActions", "Configurations",
                "Instances", "JobFlowRole", "ServiceRole", "SecurityConfiguration", "AutoScalingRole", "ScaleDownBehavior",
                "CustomAmiId", "EbsRootVolumeSize", "StepConcurrencyLevel", "ManagedScalingPolicy", "AutoTerminationPolicy",
                "VisibleToAllUsers", "Tags",
            },
            "addstep": {"ClusterId", "Step", "ExecutionRoleArn"},
            "terminatecluster": {"ClusterId"},
        }[self.resource.api_action.lower()]

    def _failure(self, env, name, cause):
        return FailureEvent(
            env=env,
            error_name=CustomErrorName(name),
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(
                taskFailedEventDetails=TaskFailedEventDetails(
                    error=name, cause=cause, resource=self._get_sfn_resource(), resourceType=self._get_sfn_resource_type()
                )
            ),
        )

    def _from_error(self, env, ex):
        response = getattr(ex, "response", None)
        if response:
            return self._failure(env, "ElasticMapReduce." + response["Error"]["Code"], response["Error"]["Message"])
        return super()._from_error(env=env, ex=ex)

    def _eval_service_task(self, env, resource_runtime_part, normalised_parameters, state_credentials):
        action, given = self.resource.api_action.lower(), normalised_parameters
        if action == "createcluster":
            if given["Instances"].get("KeepJobFlowAliveWhenNoSteps") is not True:
                raise ValueError("createCluster.sync needs KeepJobFlowAliveWhenNoSteps")
            env.stack.append({"ClusterId": self.emr.run_job_flow(**given)["JobFlowId"]})
        elif action == "addstep":
            added = self.emr.add_job_flow_steps(JobFlowId=given["ClusterId"], Steps=[given["Step"]])
            env.stack.append({"StepId": added["StepIds"][0]})
        else:
            self.emr.terminate_job_flows(JobFlowIds=[given["ClusterId"]])
            env.stack.append({"ClusterId": given["ClusterId"]})

    def _eval_integration_pattern(self, env, resource_runtime_part, normalised_parameters, state_credentials):
        started = env.stack.pop()
        if self.resource.api_action.lower() == "addstep":
            ended = self._ended_step(env, normalised_parameters["ClusterId"], started["StepId"])
        else:
            ended = self._settled_cluster(env, started["ClusterId"])
        env.stack.append(plain(ended))

    def _ended_step(self, env, cluster, step):
        while env.is_running():
            described = self.emr.describe_step(ClusterId=cluster, StepId=step)["Step"]
            state = described["Status"]["State"]
            if state == "COMPLETED":
                return {"Step": described}
            if state in ("FAILED", "CANCELLED", "INTERRUPTED"):
                raise FailureEventException(self._failure(env, "States.TaskFailed", json.dumps(plain(described))))
            time.sleep(POLL_SECONDS)

    def _settled_cluster(self, env, cluster):
        """Waits until the cluster is up, or for a termination, until it has ended."""
        terminates = self.resource.api_action.lower() == "terminatecluster"
        while env.is_running():
            described = self.emr.describe_cluster(ClusterId=cluster)["Cluster"]
            state = described["Status"]["State"]
            if state == "WAITING" and not terminates or state.startswith("TERMINATED") and terminates:
                return {"ClusterId": cluster, "Cluster": described}
            if state.startswith("TERMINATED"):
                raise FailureEventException(self._failure(env, "States.TaskFailed", json.dumps(plain(described))))
            time.sleep(POLL_SECONDS)


service_task_of_moto = state_task_factory.state_task_service_for


def service_task(service_name):
    return EmrTask() if service_name == "elasticmapreduce" else service_task_of_moto(service_name=service_name)


def main(file, name):
    state_task_factory.state_task_service_for = service_task
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        EmrTask.emr = boto3.client("emr", region_name="us-east-1")
        machines = boto3.client("stepfunctions", region_name="us-east-1")
        with open(file, encoding="utf-8") as definition:
            machine = machines.create_state_machine(
                name="machine", definition=definition.read(), roleArn="arn:aws:iam::123456789012:role/machine"
            )
        started = machines.start_execution(stateMachineArn=machine["stateMachineArn"], name=name, input="{}")
        while True:
            execution = machines.describe_execution(executionArn=started["executionArn"])
            if execution["status"] != "RUNNING":
                break
            time.sleep(POLL_SECONDS)
        keys = ("status", "error", "cause")
        print(json.dumps({key: execution[key] for key in keys if key in execution}))


main(sys.argv[1], sys.argv[2])
