package org.emrelay.runner.platform.emr.spec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;

/**
 * Compares the request for the legacy cluster file with the original runner's. Each difference is
 * intended:
 *
 * <ul>
 *   <li>names: they identify the owner; role names contain workspace, region and cluster, because IAM roles are
 *   global to an account;
 *   <li>{@code ReleaseLabel}: emr-6.2.0 is out of support, and the file sets none;
 *   <li>{@code BlockDurationMinutes}: EMR has rejected it since 2022;
 *   <li>{@code EbsRootVolumeSize}: 10 GB is too small for emr-7, so EMR's default applies;
 *   <li>{@code VisibleToAllUsers}: deprecated and EMR's default since 2021;
 *   <li>{@code Steps}: an empty list has no effect;
 *   <li>allocation strategy and fallback are those of the file; weights and spot targets of 0 are explicit, with the
 *   values that EMR assumes anyway;
 *   <li>the bootstrap script is stored under its content hash, so a new version never overwrites it, and is named
 *   after its file;
 *   <li>IMDSv2 by a security configuration, tags, idle timeout, termination protection, step concurrency and
 *   scale-down behavior are explicit.
 * </ul>
 */
final class LegacyRequestTest {
    @Test
    void differsFromTheLegacyRequestOnlyOnPurpose() throws Exception {
        Path files = Path.of(System.getProperty("real.data", ""), "compat");
        assumeTrue(
                Files.exists(files.resolve("cluster-original.json")),
                "the legacy files are missing: set their directory with -Dreal.data");
        Map<String, String> legacy =
                flattened(Files.readString(files.resolve("run-job-flow-original-as-submitted.json")));
        Map<String, String> request = flattened(ClusterResourcesTest.request(
                SampleClusters.copyToTempDirectory(files.resolve("cluster-original.json"))));

        List<String> differences = new ArrayList<>();
        legacy.forEach((key, value) -> {
            if (!request.containsKey(key)) {
                differences.add("- " + key + " = " + value);
            } else if (!value.equals(request.get(key))) {
                differences.add("~ " + key + " = " + value + " -> " + request.get(key));
            }
        });
        request.forEach((key, value) -> {
            if (!legacy.containsKey(key)) {
                differences.add("+ " + key + " = " + value);
            }
        });

        GoldenFile.assertMatches("run-job-flow-legacy-differences.txt", String.join("\n", differences) + "\n");
    }

    /** All values by path. */
    private static Map<String, String> flattened(String json) throws Exception {
        Map<String, String> values = new TreeMap<>();
        flatten("", JsonReader.read(json), values);
        return values;
    }

    private static void flatten(String path, JsonValue value, Map<String, String> values) {
        if (value instanceof JsonObject object && !object.members().isEmpty()) {
            object.members().forEach(member -> flatten(path + "." + member.key(), member.value(), values));
        } else if (value instanceof JsonArray array && !array.values().isEmpty()) {
            for (int i = 0; i < array.values().size(); i++) {
                flatten(path + "[" + i + "]", array.values().get(i), values);
            }
        } else if (value instanceof JsonString text) {
            values.put(path, text.text());
        } else if (value instanceof JsonNumber number) {
            values.put(path, new BigDecimal(number.text()).stripTrailingZeros().toPlainString());
        } else {
            values.put(path, value.toString());
        }
    }
}
