package org.emrelay.runner.export.airflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.cloudformation.ClusterResourcesTemplate;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/** The Python file of an Airflow DAG. */
final class DagFile {
    private static final String CREATE = "create_cluster";
    private static final String TERMINATE = "terminate_cluster";

    private final ExportedPipeline pipeline;
    private final @Nullable CronSchedule schedule;
    private final Map<StepName, String> taskIds = new LinkedHashMap<>();

    private DagFile(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        this.pipeline = pipeline;
        this.schedule = schedule;
        Set<String> taken = new TreeSet<>(List.of(CREATE, TERMINATE));
        for (ExportedStep step : pipeline.steps()) {
            String wanted = step.name().folder().replaceAll("[^A-Za-z0-9_.-]", "-");
            String id = wanted;
            for (int i = 2; !taken.add(id); i++) {
                id = wanted + "-" + i;
            }
            taskIds.put(step.name(), id);
        }
    }

    static String of(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        return new DagFile(pipeline, schedule).text();
    }

    /** The name of the module, without extension. */
    static String module(ExportedPipeline pipeline) {
        String name = pipeline.name().replaceAll("[^A-Za-z0-9]+", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private String text() {
        return header() + settings() + "CLUSTER = " + PythonText.of(pipeline.cluster(), 0) + "\n\n" + commands()
                + operators() + dag();
    }

    private String header() {
        return """
                \"""The pipeline %s, exported by Emrelay. Runs on Airflow 2.10 and 3 with apache-airflow-providers-amazon.\"""
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

                """.formatted(pipeline.name());
    }

    private String settings() {
        StringBuilder text = new StringBuilder();
        text.append("# The outputs of the stack, which deploy.sh writes.\n");
        text.append("OUTPUTS = json.loads(Path(__file__).with_name(\"" + module(pipeline) + ".json\").read_text())\n");
        text.append("SETTINGS = {output[\"OutputKey\"]: output[\"OutputValue\"] for output in OUTPUTS}\n");
        for (Reference reference : ClusterResourcesTemplate.OUTPUTS) {
            if (ClusterResourcesTemplate.outputs(pipeline)
                    .containsKey(ClusterResourcesTemplate.outputName(reference))) {
                text.append(reference.name() + " = SETTINGS[\"" + ClusterResourcesTemplate.outputName(reference) + "\"]"
                        + (reference.isList() ? ".split(\",\")" : "") + "\n");
            }
        }
        text.append("# The folder of a run's outputs. Colons and plus signs have a meaning in paths and URIs.\n");
        text.append(Reference.RUN.name() + " = \"{{ run_id | replace(':', '') | replace('+', '-') }}\"\n");
        text.append("POLL_SECONDS = SETTINGS.get(\"PollSeconds\", 30)\n\n");
        return text.toString();
    }

    private String commands() {
        Map<String, Object> commands = new LinkedHashMap<>();
        for (ExportedStep step : pipeline.steps()) {
            commands.put(taskId(step.name()), step.arguments());
        }
        Map<String, Object> clearing = new LinkedHashMap<>();
        pipeline.steps().stream()
                .filter(step -> step.failurePolicy().retries() > 0)
                .forEach(step -> clearing.put(taskId(step.name()), step.clearing()));
        return "COMMANDS = " + PythonText.of(commands, 0) + "\n\n"
                + (clearing.isEmpty()
                        ? ""
                        : "# A retry begins by deleting what the attempt before has written.\nCLEARING = "
                                + PythonText.of(clearing, 0) + "\n\n");
    }

    private static String operators() {
        return """

                # Airflow takes any text that ends with one of an operator's template extensions, such as .json, for the name of a file.
                class CreateCluster(EmrCreateJobFlowOperator):
                    template_ext = ()


                class RunStep(EmrAddStepsOperator):
                    \"""Adds a step and waits for its end. One that exceeds its time limit may still write, so it is not retried.\"""

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


                """;
    }

    private String dag() {
        StringBuilder text = new StringBuilder();
        text.append("with DAG(\n");
        text.append("    " + PythonText.string(pipeline.name()) + ",\n");
        text.append("    start_date=datetime(2026, 1, 1),\n");
        text.append("    schedule=" + schedule() + ",\n");
        text.append("    catchup=False,\n");
        text.append("    default_args={\"retries\": 0},\n");
        text.append("    tags=[\"emrelay\"],\n");
        text.append(") as dag:\n");
        text.append(
                "    create_cluster = CreateCluster(task_id=\"create_cluster\", job_flow_overrides=CLUSTER).as_setup()\n");
        text.append("    terminate_cluster = EmrTerminateJobFlowOperator(\n");
        text.append("        task_id=\"terminate_cluster\", job_flow_id=create_cluster.output\n");
        text.append("    ).as_teardown(setups=create_cluster)\n");
        text.append("    tasks = {}\n");
        pipeline.steps().forEach(step -> text.append(task(step)));
        pipeline.steps().forEach(step -> text.append(order(step)));
        Set<StepName> followed =
                pipeline.steps().stream().flatMap(step -> step.after().stream()).collect(Collectors.toSet());
        List<String> last = pipeline.steps().stream()
                .map(ExportedStep::name)
                .filter(name -> !followed.contains(name))
                .map(this::task)
                .toList();
        text.append("    " + (last.isEmpty() ? "create_cluster" : listed(last)) + " >> terminate_cluster\n");
        return text.toString();
    }

    private String schedule() {
        return schedule == null ? "None" : PythonText.string(schedule.unix().orElseThrow());
    }

    private String task(ExportedStep step) {
        String id = PythonText.string(taskId(step.name()));
        int retries = step.failurePolicy().retries();
        Duration timeout = step.failurePolicy().timeout();
        List<String> arguments = new ArrayList<>();
        arguments.add("task_id=" + id);
        if (!step.description().isEmpty()) {
            arguments.add("doc=" + PythonText.string(step.description()));
        }
        arguments.add("job_flow_id=create_cluster.output");
        String name = PythonText.string(step.name().value());
        arguments.add("steps=["
                + (retries > 0 ? "step(" + PythonText.string("clear " + step.name()) + ", CLEARING[" + id + "]), " : "")
                + "step(" + name + ", COMMANDS[" + id + "])]");
        arguments.add("wait_for_completion=True");
        arguments.add("waiter_delay=POLL_SECONDS");
        arguments.add("waiter_max_attempts=1_000_000");
        if (retries > 0) {
            arguments.add("retries=" + retries);
            arguments.add("retry_delay=timedelta(seconds=1)");
        }
        if (timeout != null) {
            arguments.add("execution_timeout=timedelta(seconds=" + timeout.toSeconds() + ")");
        }
        return "    tasks[" + id + "] = RunStep(\n"
                + arguments.stream()
                        .map(argument -> "        " + argument + ",\n")
                        .collect(Collectors.joining()) + "    )\n";
    }

    private String order(ExportedStep step) {
        List<String> before = step.after().stream().sorted().map(this::task).toList();
        return "    " + (before.isEmpty() ? "create_cluster" : listed(before)) + " >> " + task(step.name()) + "\n";
    }

    private static String listed(List<String> tasks) {
        return tasks.size() == 1 ? tasks.get(0) : "[" + String.join(", ", tasks) + "]";
    }

    private String task(StepName step) {
        return "tasks[" + PythonText.string(taskId(step)) + "]";
    }

    private String taskId(StepName step) {
        return taskIds.getOrDefault(step, step.value());
    }
}
