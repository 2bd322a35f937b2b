package org.emrelay.runner.parse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Cluster;

/** Makes small cluster files as if they lay in a directory and reads them, so that a test shows only the key it is about. */
record ClusterFileText(Path directory) {
    static final String PRIMARY = """
            {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}""";
    static final String CORE = """
            {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 2, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}""";

    /** A file of a sound primary and core fleet and these keys. */
    ParseResult<Cluster> withKeys(String keys) {
        return read("{\"InstanceFleets\": [" + PRIMARY + ", " + CORE + "]" + (keys.isBlank() ? "" : ", " + keys) + "}");
    }

    /** A file of a sound primary fleet, these core fleet's keys, and nothing else. */
    ParseResult<Cluster> withCore(String keys) {
        return withFleets(PRIMARY, "{\"InstanceFleetType\": \"CORE\", " + keys + "}");
    }

    /** A core fleet of two on-demand units whose only type has these keys. */
    ParseResult<Cluster> withType(String keys) {
        return withCore("\"TargetOnDemandCapacity\": 2, \"InstanceTypeConfigs\": [{" + keys + "}]");
    }

    ParseResult<Cluster> withFleets(String... fleets) {
        return read("{\"InstanceFleets\": [" + String.join(", ", fleets) + "]}");
    }

    /** Without writing the text anywhere, for thousands of texts are read. */
    ParseResult<Cluster> read(String text) {
        Problems problems = new Problems("c");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ClusterFileReader.read(JsonFile.parse(bytes, problems), directory.resolve("cluster.json"), problems);
    }

    /** The problems as lines, an error beginning with its path, a warning with the word. */
    static List<String> lines(ParseResult<Cluster> reading) {
        return reading.problems().stream()
                .map(problem ->
                        (problem.isError() ? "" : "warning: ") + problem.line().replaceFirst("^c: ", ""))
                .toList();
    }
}
