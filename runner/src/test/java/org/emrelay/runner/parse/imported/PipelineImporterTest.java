package org.emrelay.runner.parse.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineImporterTest {
    private static final int MANY = 10_000;
    private static final String SUBMIT = "\"spark-submit\", \"--deploy-mode\", \"cluster\", \"s3://b/job.py\"";

    @Test
    void connectsAnArgumentBelowTheOutputOfAnEarlierStep() throws MalformedJsonException {
        assertThat(steps(
                        step("words", "\"--output\", \"s3a://d/words/\""),
                        step("counts", "\"--words\", \"s3://d//words/en\", \"--output\", \"s3://d/counts\"")))
                .isEqualTo("""
                        [{"name":"words","output":{"uri":"s3a://d/words/"}},\
                        {"name":"counts","inputs":{"words":{"from_step":"words","path":"en"}},"output":{"uri":"s3://d/counts"}}]""");
    }

    @ParameterizedTest
    @CsvSource({
        "--s3-output-dir, s3-output-dir",
        "--outDir, outDir",
        "--destination, destination",
        "-o, ''",
        "--model, model",
    })
    void findsTheFlagOfAnOutputByItsNameOrByItsReader(String flag, String expected) throws MalformedJsonException {
        String output = expected.isEmpty() ? "\"flag\":\"o\"" : "\"flag\":\"" + expected + "\"";

        assertThat(steps(
                        step("first", "\"--data\", \"s3://d/in\", \"" + flag + "\", \"s3://d/between\""),
                        step("second", "\"--read\", \"s3://d/between\", \"--output\", \"s3://d/end\"")))
                .contains("\"output\":{\"uri\":\"s3://d/between\"," + output + "}")
                .contains("\"inputs\":{\"data\":\"s3://d/in\"}", "\"inputs\":{\"read\":{\"from_step\":\"first\"}}");
    }

    @Test
    void aSharedInputIsNoOutput() throws MalformedJsonException {
        assertThat(steps(
                        step("one", "\"--titles\", \"s3://d/titles\", \"--output\", \"s3://d/one\""),
                        step("two", "\"--titles\", \"s3://d/titles\", \"--output\", \"s3://d/two\"")))
                .contains(
                        "{\"name\":\"one\",\"inputs\":{\"titles\":\"s3://d/titles\"}",
                        "{\"name\":\"two\",\"inputs\":{\"titles\":\"s3://d/titles\"}");
    }

    /** Only a reader that names the location by another flag shows who writes it. */
    @Test
    void aSharedInputOfStepsWithoutOutputsIsNoOutput() throws MalformedJsonException {
        assertThat(steps(
                        step("one", "\"--titles\", \"s3://d/titles\""), step("two", "\"--titles\", \"s3://d/titles\"")))
                .isEqualTo("""
                        [{"name":"one","inputs":{"titles":"s3://d/titles"},"args":["--titles","${inputs.titles}"]},\
                        {"name":"two","inputs":{"titles":"s3://d/titles"},"args":["--titles","${inputs.titles}"],"after":["one"]}]""");
    }

    @Test
    void whatIsNotPlainStaysAListWithReferences() throws MalformedJsonException {
        assertThat(steps(
                        step("one", "\"s3://d/raw\", \"s3://d/one\""),
                        step("two", "\"run\", \"--in=s3://d/one\", \"-output\", \"s3://d/two\""),
                        step(
                                "all",
                                "\"--parts\", \"s3://d/one,s3://d/two/x,s3://d/three\", \"--output\", \"s3://d/all\"")))
                .contains(
                        "\"inputs\":{\"input\":\"s3://d/raw\"},\"output\":{\"uri\":\"s3://d/one\"},\"args\":[\"${inputs.input}\",\"${output}\"]",
                        "\"inputs\":{\"in\":{\"from_step\":\"one\"}}",
                        "\"args\":[\"run\",\"--in=${inputs.in}\",\"-output\",\"${output}\"]",
                        "\"inputs\":{\"parts\":{\"from_step\":\"one\"},\"parts-2\":{\"from_step\":\"two\",\"path\":\"x\"},\"parts-3\":\"s3://d/three\"}",
                        "\"args\":[\"--parts\",\"${inputs.parts},${inputs.parts-2},${inputs.parts-3}\",\"--output\",\"${output}\"]");
    }

    /** Emrelay adds the flag of an output to arguments that are an object. */
    @Test
    void aStepWithoutAnOutputKeepsItsListAndItsPlace() throws MalformedJsonException {
        assertThat(steps(
                        step("one", "\"--output\", \"s3://d/one\""),
                        step("two", "\"--output\", \"s3://d/two\""),
                        step("audit", "\"--mode\", \"fast\""),
                        step("three", "\"--one\", \"s3://d/one\", \"--output\", \"s3://d/three\"")))
                .contains(
                        "{\"name\":\"audit\",\"args\":[\"--mode\",\"fast\"],\"after\":[\"one\",\"two\"]}",
                        "\"output\":{\"uri\":\"s3://d/three\"},\"after\":[\"audit\"]}");
    }

    @Test
    void stepsThatRunInParallelHaveNoOrder() throws MalformedJsonException {
        String request = "{\"ReleaseLabel\": \"emr-7.13.0\", \"StepConcurrencyLevel\": 4, \"Steps\": ["
                + step("one", "\"--mode\", \"a\"") + ", " + step("two", "\"--mode\", \"b\"") + "]}";

        assertThat(JsonWriter.line(converted(request).steps().get("steps"))).doesNotContain("after");
    }

    /** The next step of a cluster runs after a failure with CONTINUE; one that waits for the step would not. */
    @Test
    void noStepWaitsForOneThatMayFail() throws MalformedJsonException {
        assertThat(steps(
                        step("one", "\"x\"").replace("CANCEL_AND_WAIT", "CONTINUE"),
                        step("two", "\"x\"").replace("CANCEL_AND_WAIT", "TERMINATE_JOB_FLOW")))
                .isEqualTo("[{\"name\":\"one\",\"args\":[\"x\"],\"on_failure\":\"continue\"},"
                        + "{\"name\":\"two\",\"args\":[\"x\"],\"on_failure\":\"terminate_cluster\"}]");
    }

    @Test
    void dropsWhatTheRunnerAddsItself() throws MalformedJsonException {
        String written = step("20261121-034512-8ffa/words[region=at]/2", "\"a\\\\\\\\b\\\\`\"")
                .replace(
                        "\"s3://b/job.py\"",
                        "\"--conf\", \"spark.yarn.maxAppAttempts=1\", \"--conf\", \"spark.yarn.tags=mine,emrelay-"
                                + "0123456789012345678901234567890123456789\", \"s3://b/job.py\"");
        String end = step("20261121-034512-8ffa/words/2/end", "\"x\"");

        assertThat(steps(written, end))
                .isEqualTo("[{\"name\":\"words\",\"script_uri\":\"s3://b/job.py\",\"args\":[\"a\\\\b`\"],"
                        + "\"spark_conf\":{\"spark.yarn.tags\":\"mine\"}}]");
    }

    @Test
    void namesAreUniqueAndValid() throws MalformedJsonException {
        String name = "Words <of> each year ".repeat(8);

        assertThat(converted("[" + step(name, "\"1\"") + "," + step(name.toUpperCase(Locale.ROOT), "\"2\"") + "]")
                        .steps()
                        .toString())
                .contains("name=Words-of-each-year-Words-of-each-year-Words-of-each-year-Words-o,")
                .contains("WORDS-OF-EACH-YEAR-WORDS-OF-EACH-YEAR-WORDS-OF-EACH-YEAR-WORDS-2,");
    }

    @Test
    void aClusterAloneHasNoSteps() throws MalformedJsonException {
        ImportedPipeline imported = converted("{\"Cluster\": {\"Name\": \"demo\", \"ReleaseLabel\": \"emr-7.13.0\"}}");

        assertThat(imported.steps()).isEmpty();
        assertThat(imported.cluster()).hasToString("{Name=demo, ReleaseLabel=emr-7.13.0}");
        assertThat(converted("{\"Name\": \"demo\", \"ReleaseLabel\": \"emr-7.13.0\", \"Steps\": []}")
                        .cluster())
                .isEqualTo(imported.cluster());
    }

    @Test
    void resourcesOfAClusterOfOurOwnAreNotUsedAgain() throws MalformedJsonException {
        ImportedPipeline imported = converted("""
                {"Cluster": {"Name": "demo [0a1b2c3d-11112222]", "ServiceRole": "emrelay-demo-service", "SecurityConfiguration": "emrelay-demo",
                 "LogUri": "s3n://emrelay-1-us-east-1-0a1b2c3d-demo/logs/", "ReleaseLabel": "emr-7.13.0",
                 "Ec2InstanceAttributes": {"IamInstanceProfile": "team-nodes", "EmrManagedMasterSecurityGroup": "sg-0123456789abcdef0",
                   "EmrManagedSlaveSecurityGroup": "sg-0123456789abcdef1"},
                 "Configurations": [{"Classification": "core-site", "Properties": {"fs.s3a.endpoint.region": "us-east-1"}}],
                 "Tags": [{"Key": "emrelay:cluster", "Value": "demo"}, {"Key": "team", "Value": "data"}]}}
                """);

        assertThat(imported.cluster())
                .hasToString(
                        "{Name=demo, ReleaseLabel=emr-7.13.0, JobFlowRole=team-nodes, Tags=[{Key=team, Value=data}]}");
        assertThat(imported.lost()).isEmpty();
    }

    @Test
    void listsWhatAClusterFileCannotSay() throws MalformedJsonException {
        ImportedPipeline imported = converted("""
                {"ReleaseLabel": 7, "EbsRootVolumeSize": 1e999, "Tags": {"a": 1}, "BootstrapActions": [5, {"Name": "none"}],
                 "PlacementGroupConfigs": [{}], "AutoTerminationPolicy": {"IdleTimeout": "5"},
                 "Instances": {"InstanceFleets": "no", "Ec2SubnetIds": "x", "InstanceGroups": [[], 5, {"InstanceRole": 7}],
                   "KeepJobFlowAliveWhenNoSteps": false}}
                """);

        assertThat(imported.cluster())
                .hasToString("{ReleaseLabel=7, InstanceFleets=[{InstanceFleetType=CORE, TargetOnDemandCapacity=0}]}");
        assertThat(imported.lost())
                .containsExactly(
                        "BootstrapActions., BootstrapActions.none: it has no script.",
                        "Ec2SubnetIds, AutoTerminationPolicy.IdleTimeout, EbsRootVolumeSize: its value has another type than EMR's.",
                        "PlacementGroupConfigs: a cluster file has no such key.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[[1]]",
                "[1, \"x\", null, {\"Name\": 5, \"Args\": \"x\"}, {\"HadoopJarStep\": []}, {\"Args\": [\"spark-submit\", {}]}]",
                "{\"Steps\": []}",
                "{\"StartAt\": 5, \"States\": {\"a\": []}}",
                "{\"StartAt\": \"a\", \"States\": {\"a\": {\"Type\": \"Task\", \"Resource\": 7, \"Next\": \"a\"}}}",
                "{\"StartAt\": \"a\", \"States\": {\"a\": {\"Type\": \"Parallel\", \"Branches\": [{}, 5], \"Next\": \"b\"}}}"
            })
    void saysThatThereIsNoStep(String json) {
        assertThatThrownBy(() -> converted(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pipeline.json has no step that runs spark-submit on EMR.");
    }

    @Test
    void takesTenThousandStepsInAListOrAStateMachine() throws MalformedJsonException {
        List<Object> list = new ArrayList<>();
        Map<String, Object> states = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
            List<String> args = new ArrayList<>(List.of("spark-submit", "s3://b/x.py", "--in", "s3://d/" + i));
            if (i % 3 > 0) {
                args.addAll(List.of("--output", "s3://d/" + (i + 1)));
            }
            Map<String, Object> step = Map.of(
                    "Name",
                    "step" + i,
                    "ActionOnFailure",
                    "CANCEL_AND_WAIT",
                    "HadoopJarStep",
                    Map.of("Jar", "command-runner.jar", "Args", args));
            list.add(step);
            states.put(
                    "s" + i,
                    Map.of(
                            "Type",
                            "Task",
                            "Resource",
                            "arn:aws:states:::elasticmapreduce:addStep.sync",
                            "Parameters",
                            Map.of("Step", step),
                            "Catch",
                            List.of(Map.of("Next", "fail" + i)),
                            "Next",
                            "s" + (i + 1)));
            states.put("fail" + i, Map.of("Type", "Fail"));
        }

        ImportedPipeline ofList = converted(JsonWriter.line(list));
        ImportedPipeline ofMachine = converted(JsonWriter.line(Map.of("StartAt", "s0", "States", states)));

        assertThat((List<?>) ofList.steps().get("steps"))
                .hasSize(MANY)
                .isEqualTo(ofMachine.steps().get("steps"))
                .element(MANY - 3)
                .asString()
                .contains("after=[step9996]");
    }

    @Test
    void valuesOfAnExecutionBecomeParameters() throws MalformedJsonException {
        ImportedPipeline imported = converted(machine("""
                "words": {"Type": "Task", "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync", "Next": "counts", "Parameters": {"Step":
                  {"Name": "words", "HadoopJarStep": {"Jar": "command-runner.jar", "Args.$": "States.Array('spark-submit', '--deploy-mode',
                   'cluster', 's3://b/a.py', '--date', $.date, '--output', States.Format('{}/words/{}', $.base, $$.Execution.Name))"}}}},
                "counts": {"Type": "Task", "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync", "End": true, "Arguments": {"Step":
                  {"Name": "counts", "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", "--deploy-mode", "cluster",
                   "s3://b/b.py", "--day", "{% $states.input.date %}", "--output", "s3://${Bucket}/counts"]}}}}
                """));

        assertThat(JsonWriter.line(imported.steps())).isEqualTo("""
                {"name":"pipeline",\
                "parameters":{"base":null,"date":null,"Bucket":null,"states_input_date":null},\
                "steps":[{"name":"words","script_uri":"s3://b/a.py","output":{"uri":"${base}/words/${run.id}"},"args":{"date":"${date}"}},\
                {"name":"counts","script_uri":"s3://b/b.py","output":{"uri":"s3://${Bucket}/counts"},"args":{"day":"${states_input_date}"}}]}""");
        assertThat(imported.changed())
                .contains(
                        "parameters.Bucket: the value of ${Bucket}. Set it in the file or with -p.",
                        "parameters.states_input_date: the value of {% $states.input.date %}. Set it in the file or with -p.");
    }

    /** A deployed definition has no placeholders: what looks like one is a text. */
    @Test
    void readsTheAnswerOfDescribeStateMachine() throws MalformedJsonException {
        String definition = machine("""
                "words": {"Type": "Task", "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync", "End": true, "Parameters":
                  {"Step": {"Name": "words", "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", "s3://b/a.py", "${HOME}"]}}}}
                """);
        String answer = JsonWriter.line(Map.of("name", "nightly job", "definition", definition));

        assertThat(JsonWriter.line(converted(answer).steps()))
                .isEqualTo("{\"name\":\"nightly-job\",\"steps\":[{\"name\":\"words\",\"script_uri\":\"s3://b/a.py\","
                        + "\"args\":[\"$${HOME}\"],\"deploy_mode\":\"client\"}]}");
    }

    @Test
    void convertsDescribedFleetsAndUniformInstances() throws MalformedJsonException {
        ImportedPipeline described = converted("""
                {"InstanceFleets": [{"Id": "if-1", "InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "ProvisionedOnDemandCapacity": 1,
                  "Status": {"State": "RUNNING"}, "InstanceTypeSpecifications": [{"InstanceType": "m5.xlarge", "EbsOptimized": true,
                    "EbsBlockDevices": [{"VolumeSpecification": {"VolumeType": "gp3", "SizeInGB": 64}, "Device": "/dev/sdb"}]}]}]}
                """);
        ImportedPipeline uniform = converted("""
                {"ReleaseLabel": "emr-7.13.0", "Instances": {"MasterInstanceType": "m5.xlarge", "InstanceCount": 5, "Ec2SubnetId": "subnet-1"}}
                """);

        assertThat(described.cluster())
                .hasToString(
                        "{InstanceFleets=[{InstanceFleetType=MASTER, TargetOnDemandCapacity=1, InstanceTypeConfigs=[{InstanceType=m5.xlarge,"
                                + " EbsConfiguration={EbsBlockDeviceConfigs=[{VolumeSpecification={VolumeType=gp3, SizeInGB=64}, VolumesPerInstance=1}],"
                                + " EbsOptimized=true}}]}]}");
        assertThat(described.lost()).isEmpty();
        assertThat(uniform.cluster())
                .hasToString(
                        "{ReleaseLabel=emr-7.13.0, InstanceFleets=[{InstanceFleetType=MASTER, TargetOnDemandCapacity=1,"
                                + " InstanceTypeConfigs=[{InstanceType=m5.xlarge}]}, {InstanceFleetType=CORE, TargetOnDemandCapacity=4,"
                                + " InstanceTypeConfigs=[{InstanceType=m5.xlarge}]}], Ec2SubnetIds=[subnet-1]}");
    }

    private static String machine(String states) {
        return "{\"StartAt\": \"words\", \"States\": {" + states.replace("\n", " ") + "}}";
    }

    private static String step(String name, String args) {
        return "{\"Name\": \"" + name + "\", \"ActionOnFailure\": \"CANCEL_AND_WAIT\", \"HadoopJarStep\": {\"Jar\":"
                + " \"command-runner.jar\", \"Args\": [" + SUBMIT + ", " + args + "]}}";
    }

    /** The converted steps, without what they share. */
    private static String steps(String... steps) throws MalformedJsonException {
        return JsonWriter.line(
                converted("[" + String.join(", ", steps) + "]").steps().get("steps"));
    }

    private static ImportedPipeline converted(String json) throws MalformedJsonException {
        Path file = Path.of("/work/pipeline.json");
        return PipelineImporter.convert(
                List.of(new ImportedFile("pipeline.json", file, JsonReader.read(PipelineImporter.prepared(json)))),
                Path.of("/work"));
    }
}
