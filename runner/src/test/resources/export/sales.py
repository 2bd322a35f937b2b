"""The pipeline sales, exported by Emrelay. Runs on Airflow 2.10 and 3 with apache-airflow-providers-amazon."""
import json
from datetime import datetime, timedelta
from pathlib import Path

try:
    from airflow.sdk import DAG
except ImportError:
    from airflow import DAG
from airflow.exceptions import AirflowFailException, AirflowTaskTimeout
from airflow.providers.amazon.aws.operators.emr import (
    EmrAddStepsOperator,
    EmrCreateJobFlowOperator,
    EmrTerminateJobFlowOperator,
)

# The outputs of the stack, which deploy.sh writes.
OUTPUTS = json.loads(Path(__file__).with_name("sales.json").read_text())
SETTINGS = {output["OutputKey"]: output["OutputValue"] for output in OUTPUTS}
BUCKET = SETTINGS["Bucket"]
DEPLOYMENT = SETTINGS["Deployment"]
REGION = SETTINGS["Region"]
SUBNETS = SETTINGS["Subnets"].split(",")
SERVICE_ROLE = SETTINGS["ServiceRole"]
NODE_PROFILE = SETTINGS["NodeProfile"]
PRIMARY_GROUP = SETTINGS["PrimaryGroup"]
CORE_GROUP = SETTINGS["CoreGroup"]
SECURITY_CONFIGURATION = SETTINGS["SecurityConfiguration"]
# The folder of a run's outputs. Colons and plus signs have a meaning in paths and URIs.
RUN = "{{ run_id | replace(':', '') | replace('+', '-') }}"
POLL_SECONDS = SETTINGS.get("PollSeconds", 30)

CLUSTER = {
    "Name": "sales",
    "ReleaseLabel": "emr-7.13.0",
    "Applications": [{"Name": "Spark"}],
    "LogUri": f"s3://{BUCKET}/logs/",
    "ServiceRole": SERVICE_ROLE,
    "JobFlowRole": NODE_PROFILE,
    "SecurityConfiguration": SECURITY_CONFIGURATION,
    "Instances": {
        "InstanceFleets": [
            {
                "Name": "primary",
                "InstanceFleetType": "MASTER",
                "TargetOnDemandCapacity": 1,
                "TargetSpotCapacity": 0,
                "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge", "WeightedCapacity": 1}],
            },
            {
                "Name": "core",
                "InstanceFleetType": "CORE",
                "TargetOnDemandCapacity": 1,
                "TargetSpotCapacity": 0,
                "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge", "WeightedCapacity": 1}],
            },
        ],
        "Ec2SubnetIds": SUBNETS,
        "EmrManagedMasterSecurityGroup": PRIMARY_GROUP,
        "EmrManagedSlaveSecurityGroup": CORE_GROUP,
        "KeepJobFlowAliveWhenNoSteps": True,
        "TerminationProtected": False,
    },
    "BootstrapActions": [],
    "Configurations": [{"Classification": "core-site", "Properties": {"fs.s3a.endpoint.region": REGION}}],
    "StepConcurrencyLevel": 1,
    "ScaleDownBehavior": "TERMINATE_AT_TASK_COMPLETION",
    "AutoTerminationPolicy": {"IdleTimeout": 3600},
    "Tags": [{"Key": "emrelay:workspace", "Value": DEPLOYMENT}, {"Key": "emrelay:cluster", "Value": "sales"}],
}

COMMANDS = {
    "load": [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.example.Job",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--orders",
        "s3://orders/2026/",
        "--output",
        f"s3://{BUCKET}/output/sales/{RUN}/load",
        "--text",
        "it's {{ '{%' }} ds %} of ${x} in {a} \\\\ 100 %",
        "--config",
        "s3://orders/schema.json",
    ],
    "stats": [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.example.Job",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--sales",
        f"s3://{BUCKET}/output/sales/{RUN}/load",
        "--output",
        f"s3://{BUCKET}/output/sales/{RUN}/stats",
    ],
    "chart": [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.example.Job",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--stats",
        f"s3://{BUCKET}/output/sales/{RUN}/stats/daily",
        "--output",
        f"s3://{BUCKET}/output/sales/{RUN}/chart",
    ],
    "publish.region-at": [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.example.Job",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--sales",
        f"s3://{BUCKET}/output/sales/{RUN}/load",
        "--output",
        f"s3://public/sales/at/{RUN}",
    ],
    "publish.region-de": [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.example.Job",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--sales",
        f"s3://{BUCKET}/output/sales/{RUN}/load",
        "--output",
        f"s3://public/sales/de/{RUN}",
    ],
}

# A retry begins by deleting what the attempt before has written.
CLEARING = {"load": ["hadoop", "fs", "-rm", "-r", "-f", "-skipTrash", f"s3://{BUCKET}/output/sales/{RUN}/load"]}


# Airflow takes any text that ends with one of an operator's template extensions, such as .json, for the name of a file.
class CreateCluster(EmrCreateJobFlowOperator):
    template_ext = ()


class RunStep(EmrAddStepsOperator):
    """Adds a step and waits for its end. One that exceeds its time limit may still write, so it is not retried."""

    template_ext = ()

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowTaskTimeout as late:
            raise AirflowFailException(f"The step did not end within {self.execution_timeout}.") from late


def step(name, command):
    return {
        "Name": name,
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": command},
    }


with DAG(
    "sales",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"retries": 0},
    tags=["emrelay"],
) as dag:
    create_cluster = CreateCluster(task_id="create_cluster", job_flow_overrides=CLUSTER).as_setup()
    terminate_cluster = EmrTerminateJobFlowOperator(
        task_id="terminate_cluster", job_flow_id=create_cluster.output
    ).as_teardown(setups=create_cluster)
    tasks = {}
    tasks["load"] = RunStep(
        task_id="load",
        doc="Loads the \"sales\"",
        job_flow_id=create_cluster.output,
        steps=[step("clear load", CLEARING["load"]), step("load", COMMANDS["load"])],
        wait_for_completion=True,
        waiter_delay=POLL_SECONDS,
        waiter_max_attempts=1_000_000,
        retries=2,
        retry_delay=timedelta(seconds=1),
        execution_timeout=timedelta(seconds=600),
    )
    tasks["stats"] = RunStep(
        task_id="stats",
        job_flow_id=create_cluster.output,
        steps=[step("stats", COMMANDS["stats"])],
        wait_for_completion=True,
        waiter_delay=POLL_SECONDS,
        waiter_max_attempts=1_000_000,
    )
    tasks["chart"] = RunStep(
        task_id="chart",
        job_flow_id=create_cluster.output,
        steps=[step("chart", COMMANDS["chart"])],
        wait_for_completion=True,
        waiter_delay=POLL_SECONDS,
        waiter_max_attempts=1_000_000,
    )
    tasks["publish.region-at"] = RunStep(
        task_id="publish.region-at",
        job_flow_id=create_cluster.output,
        steps=[step("publish[region=at]", COMMANDS["publish.region-at"])],
        wait_for_completion=True,
        waiter_delay=POLL_SECONDS,
        waiter_max_attempts=1_000_000,
    )
    tasks["publish.region-de"] = RunStep(
        task_id="publish.region-de",
        job_flow_id=create_cluster.output,
        steps=[step("publish[region=de]", COMMANDS["publish.region-de"])],
        wait_for_completion=True,
        waiter_delay=POLL_SECONDS,
        waiter_max_attempts=1_000_000,
    )
    create_cluster >> tasks["load"]
    tasks["load"] >> tasks["stats"]
    tasks["stats"] >> tasks["chart"]
    tasks["load"] >> tasks["publish.region-at"]
    tasks["publish.region-at"] >> tasks["publish.region-de"]
    [tasks["chart"], tasks["publish.region-de"]] >> terminate_cluster
