package org.emrelay.runner.fakeaws.emr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.ec2.InstanceTypes;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The EMR releases and the versions of their applications. */
final class Releases {
    private static final List<String> LABELS = List.of(
            "emr-7.13.0",
            "emr-7.12.0",
            "emr-7.11.0",
            "emr-7.10.0",
            "emr-7.9.0",
            "emr-6.15.0",
            "emr-6.14.0",
            "emr-5.36.2");
    private static final Map<String, String> APPLICATIONS = applications();

    private Releases() {}

    private static Map<String, String> applications() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("AmazonCloudWatchAgent", "1.300032.2");
        versions.put("Flink", "1.20.0");
        versions.put("HBase", "2.6.2");
        versions.put("HCatalog", "3.1.3");
        versions.put("Hadoop", "3.4.1");
        versions.put("Hive", "3.1.3");
        versions.put("Hue", "4.11.0");
        versions.put("JupyterEnterpriseGateway", "2.6.0");
        versions.put("JupyterHub", "1.5.0");
        versions.put("Livy", "0.8.0");
        versions.put("Oozie", "5.2.1");
        versions.put("Phoenix", "5.2.1");
        versions.put("Pig", "0.17.0");
        versions.put("Presto", "0.287");
        versions.put("Spark", "3.5.6");
        versions.put("Tez", "0.10.2");
        versions.put("Trino", "476");
        versions.put("Zeppelin", "0.11.1");
        versions.put("ZooKeeper", "3.9.3");
        return versions;
    }

    static boolean isLabel(String label) {
        return LABELS.contains(label);
    }

    /** EMR supports no type with fewer than four vCPUs. */
    static boolean supports(InstanceTypes types, String type) {
        return types.knows(type) && types.type(type).cores() >= 4;
    }

    static String version(String application) {
        return APPLICATIONS.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(application))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    static void addTo(Operations operations) {
        operations.add("ListReleaseLabels", Releases::list).add("DescribeReleaseLabel", Releases::describe);
    }

    private static Fields list(Tree request) {
        Tree filters = request.tree("Filters");
        String application = filters.text("Application", "");
        boolean matches = application.isEmpty()
                || Stream.concat(
                                APPLICATIONS.keySet().stream(),
                                APPLICATIONS.entrySet().stream().map(each -> each.getKey() + "@" + each.getValue()))
                        .anyMatch(application::equalsIgnoreCase);
        List<String> all = LABELS.stream()
                .filter(label -> matches && label.startsWith(filters.text("Prefix", "")))
                .toList();
        Page<String> page = Page.of(all, request.text("NextToken"), request.number("MaxResults", 100));
        return Fields.of("ReleaseLabels", page.elements()).and("NextToken", page.next());
    }

    private static Fields describe(Tree request) {
        String label = request.text("ReleaseLabel", "");
        if (!isLabel(label)) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "The supplied release label is invalid: " + label + ".",
                    Map.of("ErrorCode", "ValidationException"));
        }
        List<Fields> all = Fields.tags(APPLICATIONS, "Name", "Version");
        Page<Fields> page = Page.of(all, request.text("NextToken"), request.number("MaxResults", 100));
        return Fields.of("ReleaseLabel", label)
                .and("Applications", page.elements())
                .and("NextToken", page.next())
                .and("AvailableOSReleases", List.of(Fields.of("Label", "2.0.20260302.0")));
    }
}
