package org.emrelay.runner.platform.emr.blueprint;

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
 * What is asked for on the original's own cluster file, beside what the original asked for. Each difference is meant:
 *
 * <ul>
 *   <li>the names: they say whose a cluster is; roles are named after workspace, region and cluster, for roles are the account's and not the region's;
 *   <li>{@code ReleaseLabel}: emr-6.2.0 is out of support, and the file itself names none;
 *   <li>{@code BlockDurationMinutes}: EMR refuses it since 2022;
 *   <li>{@code EbsRootVolumeSize}: 10 GB is too small for emr-7, so EMR's default stands;
 *   <li>{@code VisibleToAllUsers}: EMR's default since 2021, and deprecated;
 *   <li>{@code Steps}: an empty list says nothing;
 *   <li>an allocation strategy and a fallback are what the file says; a weight and a spot target of 0 are written out, as EMR takes them anyway;
 *   <li>the bootstrap action lies under its content's hash, so that another version never takes its place, and is called as its file is;
 *   <li>IMDSv2 by a security configuration, tags, the end of an idle cluster, and protection, concurrency and scaling down, said instead of assumed.
 * </ul>
 */
final class LegacyRequestTest {
    @Test
    void differsFromTheOriginalsOnlyWhereItIsMeant() throws Exception {
        Path files = Path.of(System.getProperty("real.data", ""), "compat");
        assumeTrue(
                Files.exists(files.resolve("cluster-original.json")),
                "the original's files are not here: give their directory by -Dreal.data");
        Map<String, String> original = flat(Files.readString(files.resolve("run-job-flow-original-as-submitted.json")));
        Map<String, String> ours =
                flat(ClusterResourcesTest.request(Clusters.beside(files.resolve("cluster-original.json"))));

        List<String> differences = new ArrayList<>();
        original.forEach((key, value) -> {
            if (!ours.containsKey(key)) {
                differences.add("- " + key + " = " + value);
            } else if (!value.equals(ours.get(key))) {
                differences.add("~ " + key + " = " + value + " -> " + ours.get(key));
            }
        });
        ours.forEach((key, value) -> {
            if (!original.containsKey(key)) {
                differences.add("+ " + key + " = " + value);
            }
        });

        Golden.assertSame("run-job-flow-original-differences.txt", String.join("\n", differences) + "\n");
    }

    /** Every value under its path. */
    private static Map<String, String> flat(String json) throws Exception {
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
