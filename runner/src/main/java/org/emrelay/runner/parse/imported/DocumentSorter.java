package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Sorts the documents of the files by their kinds: a state machine, a cluster, lists of steps. */
final class DocumentSorter {
    private static final String KINDS = "Known are a state machine with EMR steps, the JSON of aws emr add-steps or"
            + " create-cluster, and the answers of aws emr describe-cluster and list-steps.";

    /** The keys of documents, of which one is enough. */
    private static final Set<String> KEYS = Set.of(
            "States",
            "definition",
            "Cluster",
            "Steps",
            "Instances",
            "InstanceFleets",
            "InstanceGroups",
            "ReleaseLabel");

    /** Answers of EMR that complete the description of a cluster. */
    private static final List<String> PARTS = List.of(
            "InstanceFleets", "InstanceGroups", "BootstrapActions", "AutoTerminationPolicy", "ManagedScalingPolicy");

    /** Keys of answers and of requests that say nothing about a cluster. */
    private static final Set<String> LISTING = Set.of("Cluster", "Steps", "Marker", "JobFlowId", "ClusterId");

    private @Nullable JsonTree machine;
    private String machineName = "";
    private final Map<String, @Nullable Object> cluster = new LinkedHashMap<>();
    private final List<JsonTree> steps = new ArrayList<>();
    private boolean hasSteps;

    /** @throws IllegalArgumentException with a sentence, for a document of another kind */
    void add(String file, JsonTree document) {
        List<JsonTree> elements = document.elements();
        boolean areDocuments = !elements.isEmpty() && elements.stream().allMatch(DocumentSorter::isDocument);
        if (areDocuments) {
            elements.forEach(element -> addObject(file, element));
        } else if (document.isList()) {
            addSteps(elements);
        } else if (isDocument(document) || PARTS.stream().anyMatch(document::has)) {
            addObject(file, document);
        } else {
            throw new IllegalArgumentException(file + " is JSON, but nothing to import. " + KINDS);
        }
    }

    private static boolean isDocument(JsonTree document) {
        return document.members().keySet().stream().anyMatch(KEYS::contains);
    }

    private void addObject(String file, JsonTree document) {
        if (document.get("States").isObject()) {
            addMachine(file, DeploymentValues.ofTemplate(document), "");
        } else if (document.get("definition").text().isPresent()) {
            addMachine(
                    file,
                    definition(file, document),
                    document.get("name").text().orElse(""));
        } else {
            JsonTree plain = DeploymentValues.literal(document);
            JsonTree described = plain.get("Cluster");
            described.members().forEach(this::put);
            plain.members().forEach((key, value) -> {
                if (!LISTING.contains(key)) {
                    put(key, value);
                }
            });
            boolean isRequest = plain.members().size() > 1;
            if (plain.get("Steps").isList() && !(isRequest && plain.get("Steps").isEmpty())) {
                addSteps(plain.get("Steps").elements());
            }
        }
    }

    /** Answers that have only a part know more about it than the description. */
    private void put(String key, JsonTree value) {
        if (PARTS.contains(key) && !value.isEmpty()) {
            cluster.put(key, value.value());
        } else {
            cluster.putIfAbsent(key, value.value());
        }
    }

    /** The answer of {@code aws stepfunctions describe-state-machine} has the definition as a text. */
    private static JsonTree definition(String file, JsonTree answer) {
        try {
            JsonTree definition =
                    JsonTree.of(JsonReader.read(answer.get("definition").text().orElse("")));
            if (definition.get("States").isObject()) {
                return DeploymentValues.literal(definition);
            }
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException(
                    file + ": the definition is not valid JSON: " + malformed.getMessage() + ".");
        }
        throw new IllegalArgumentException(file + ": the definition is not that of a state machine.");
    }

    private void addMachine(String file, JsonTree found, String name) {
        if (machine != null) {
            throw new IllegalArgumentException(file + " is a second state machine. Import them one by one.");
        }
        machine = found;
        machineName = name;
    }

    /** The answer of {@code list-steps} begins with the newest step. */
    private void addSteps(List<JsonTree> written) {
        hasSteps = true;
        List<JsonTree> ordered = new ArrayList<>(written);
        if (ordered.stream().allMatch(step -> step.has("Status"))) {
            Collections.reverse(ordered);
        }
        steps.addAll(ordered);
    }

    /** The state machine; empty without one. */
    JsonTree machine() {
        return machine == null ? JsonTree.NONE : machine;
    }

    /** The name of the state machine in AWS; empty if it is not known. */
    String machineName() {
        return machineName;
    }

    /** A request or a description with its parts; empty without one. */
    JsonTree cluster() {
        return new JsonTree(cluster);
    }

    List<JsonTree> steps() {
        return steps;
    }

    /** Whether there is a list of steps, even if it is empty. */
    boolean hasSteps() {
        return hasSteps;
    }
}
