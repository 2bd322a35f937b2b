package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.cli.TemplateValues.list;
import static org.emrelay.runner.cli.TemplateValues.map;
import static org.emrelay.runner.cli.TemplateValues.parse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Translates an exported template to the requests that CloudFormation makes of it, and compares them with those of the runner. CloudFormation
 * itself cannot create EMR clusters here.
 */
final class CloudFormationRequestsTest {
    @TempDir
    Path directory;

    private final TemplateValues values = new TemplateValues();

    @Test
    void createsTheClusterAndTheStepsThatARunCreates() {
        try (EmrCliFixture emr = new EmrCliFixture(directory)) {
            SampleFiles.writeTo(emr.cli());
            emr.aws().account().bucket("books");
            emr.aws().account().object("books", "titles.csv", "title\nEmma\n");
            emr.aws()
                    .emr()
                    .scriptSteps(name ->
                            StepScript.completesAfter(Duration.ofSeconds(5)).withProgram(emr::writeOutput));
            emr.create();
            emr.run("-a", "add_steps", "-steps", "steps.json");
            emr.run("-a", "execute_steps");
            emr.cli().run("-a", "export", "--to", "cloudformation", "--out", "out");
            Map<String, Object> sent = request(emr, "RunJobFlow");
            List<Object> sentSteps = list(request(emr, "AddJobFlowSteps").get("Steps"));
            Map<String, Object> template = parse(emr.cli().text("out/template.json"));

            learn(sent);
            Map<String, Object> resources = map(template.get("Resources"));

            assertThat(cluster(map(resources.get("Cluster")))).isEqualTo(comparable(sent));
            assertThat(steps(resources))
                    .isEqualTo(sentSteps.stream().map(this::comparableStep).toList());
        }
    }

    private static Map<String, Object> request(EmrCliFixture emr, String operation) {
        return emr.aws().calls().all().stream()
                .filter(call -> call.operation().equals(operation))
                .map(call -> parse(call.text().split("\n", 3)[2]))
                .findFirst()
                .orElseThrow();
    }

    /** Takes what the deployment would choose from the request of the runner. */
    private void learn(Map<String, Object> sent) {
        Map<String, Object> instances = map(sent.get("Instances"));
        values.put("Bucket", String.valueOf(sent.get("LogUri")).replaceAll("s3://|/logs/", ""));
        values.put("Subnets", instances.get("Ec2SubnetIds"));
        values.put("AWS::Region", "us-east-1");
        values.put("ServiceRole", sent.get("ServiceRole"));
        values.put("NodeProfile", sent.get("JobFlowRole"));
        values.put("SecurityConfiguration", sent.get("SecurityConfiguration"));
        values.put("PrimaryGroup.GroupId", instances.get("EmrManagedMasterSecurityGroup"));
        values.put("CoreGroup.GroupId", instances.get("EmrManagedSlaveSecurityGroup"));
        values.put("AWS::StackName", tag(sent, "emrelay:workspace"));
        values.put("Cluster", "j-1");
    }

    private static Object tag(Map<String, Object> request, String key) {
        return list(request.get("Tags")).stream()
                .map(TemplateValues::map)
                .filter(tag -> key.equals(tag.get("Key")))
                .map(tag -> tag.get("Value"))
                .findFirst()
                .orElseThrow();
    }

    /** The request without what only a run of our own has. */
    private static Map<String, Object> comparable(Map<String, Object> sent) {
        Map<String, Object> request = new TreeMap<>(sent);
        request.put("Name", "demo");
        assertThat(request.remove("Steps")).isEqualTo(List.of());
        request.put(
                "Tags",
                list(sent.get("Tags")).stream()
                        .filter(tag ->
                                !List.of("emrelay:creation", "emrelay:place").contains(map(tag).get("Key")))
                        .toList());
        return request;
    }

    private Map<String, Object> cluster(Map<String, Object> resource) {
        Map<String, Object> properties = map(values.resolve(resource.get("Properties")));
        Map<String, Object> instances = new TreeMap<>(map(properties.get("Instances")));
        List<Object> fleets = new ArrayList<>();
        fleets.add(fleet("MASTER", instances.remove("MasterInstanceFleet")));
        fleets.add(fleet("CORE", instances.remove("CoreInstanceFleet")));
        list(instances.remove("TaskInstanceFleets")).forEach(task -> fleets.add(fleet("TASK", task)));
        instances.put("InstanceFleets", fleets);
        properties.put("Instances", instances);
        properties.put("Name", "demo");
        properties.put(
                "Tags",
                list(properties.get("Tags")).stream()
                        .map(tag -> map(tag).get("Key").equals("emrelay:cluster")
                                ? Map.of("Key", "emrelay:cluster", "Value", "demo")
                                : tag)
                        .toList());
        properties.put(
                "Configurations",
                list(properties.get("Configurations")).stream()
                        .map(configuration -> renamed(map(configuration), "ConfigurationProperties", "Properties"))
                        .toList());
        return new TreeMap<>(properties);
    }

    private static Map<String, Object> fleet(String type, Object fleet) {
        Map<String, Object> converted = new TreeMap<>(map(fleet));
        converted.put("InstanceFleetType", type);
        return converted;
    }

    private static Map<String, Object> renamed(Map<String, Object> map, String from, String to) {
        Map<String, Object> renamed = new TreeMap<>(map);
        renamed.put(to, renamed.remove(from));
        return renamed;
    }

    /** The steps in the order in which CloudFormation adds them. */
    private List<Object> steps(Map<String, Object> resources) {
        List<Object> steps = new ArrayList<>();
        String previous = null;
        for (int i = 1; resources.containsKey("Step" + i); i++) {
            Map<String, Object> resource = map(resources.get("Step" + i));
            assertThat(resource.get("DependsOn")).isEqualTo(previous);
            previous = "Step" + i;
            Map<String, Object> properties = new TreeMap<>(map(resource.get("Properties")));
            values.put("Run", RUN);
            assertThat(values.resolve(properties.remove("JobFlowId"))).isEqualTo("j-1");
            steps.add(new TreeMap<>(map(values.resolve(properties))));
        }
        return steps;
    }

    private static final String RUN = "RUN";

    /** Without the attempt, the tag of its YARN application and the event log of a run of our own. */
    private Map<String, Object> comparableStep(Object sent) {
        Map<String, Object> step = new TreeMap<>(map(sent));
        String[] name = String.valueOf(step.get("Name")).split("/", -1);
        step.put("Name", name[1]);
        Map<String, Object> jar = new TreeMap<>(map(step.get("HadoopJarStep")));
        List<String> arguments = new ArrayList<>();
        List<Object> all = list(jar.get("Args"));
        for (int i = 0; i < all.size(); i++) {
            boolean isOurs = all.get(i).equals("--conf")
                    && String.valueOf(all.get(i + 1))
                            .matches("spark\\.(yarn\\.tags|eventLog\\..*|executor\\.processTreeMetrics\\.enabled)=.*");
            if (isOurs) {
                i++;
            } else {
                arguments.add(String.valueOf(all.get(i)).replace("/" + name[0] + "/", "/" + RUN + "/"));
            }
        }
        jar.put("Args", arguments);
        step.put("HadoopJarStep", jar);
        return step;
    }
}
