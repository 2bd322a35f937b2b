package org.emrelay.runner.parse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Cluster;

/** Builds and reads small cluster files, so that a test shows only the keys it is about. */
record ClusterFileFixture(Path directory) {
    static final String PRIMARY = """
            {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}""";
    static final String CORE = """
            {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 2, "InstanceTypeConfigs": [{"InstanceType": "m5.xlarge"}]}""";

    /** Reads a file with valid primary and core fleets and these keys. */
    ParseResult<Cluster> withKeys(String keys) {
        return read("{\"InstanceFleets\": [" + PRIMARY + ", " + CORE + "]" + (keys.isBlank() ? "" : ", " + keys) + "}");
    }

    /** Reads a file with a valid primary fleet and a core fleet with these keys. */
    ParseResult<Cluster> withCore(String keys) {
        return withFleets(PRIMARY, "{\"InstanceFleetType\": \"CORE\", " + keys + "}");
    }

    /** Reads a file whose core fleet has two on-demand units and one instance type with these keys. */
    ParseResult<Cluster> withType(String keys) {
        return withCore("\"TargetOnDemandCapacity\": 2, \"InstanceTypeConfigs\": [{" + keys + "}]");
    }

    ParseResult<Cluster> withFleets(String... fleets) {
        return read("{\"InstanceFleets\": [" + String.join(", ", fleets) + "]}");
    }

    /** Parses in memory, because tests read thousands of files. */
    ParseResult<Cluster> read(String text) {
        Problems problems = new Problems("c");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ClusterFileReader.read(JsonFile.parse(bytes, problems), directory.resolve("cluster.json"), problems);
    }

    /** Formats the problems without the file name; warnings start with {@code warning: }. */
    static List<String> lines(ParseResult<Cluster> result) {
        return result.problems().stream()
                .map(problem -> (problem.isError() ? "" : "warning: ")
                        + problem.toLine().replaceFirst("^c: ", ""))
                .toList();
    }
}
