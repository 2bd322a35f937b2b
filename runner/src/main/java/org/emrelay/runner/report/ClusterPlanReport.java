package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.platform.emr.preflight.Findings;
import org.jspecify.annotations.Nullable;

/**
 * The resources that creating the cluster would create on AWS, and their cost.
 *
 * @param findings of the checks against AWS; null when none were requested
 */
public record ClusterPlanReport(
        ResourcePlanReport resources,
        CostEstimateReport price,
        @Nullable Findings findings) implements Report {

    @Override
    public Map<String, Object> document() {
        Map<String, Object> cluster = new LinkedHashMap<>(resources.document());
        cluster.put("dollars_an_hour", price.document());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cluster", cluster);
        if (findings != null) {
            document.put("problems", problems(findings));
        }
        return document;
    }

    private static List<Map<String, String>> problems(Findings findings) {
        return Stream.concat(
                        findings.errors().stream().map(error -> problem("error", error)),
                        findings.warnings().stream().map(warning -> problem("warning", warning)))
                .toList();
    }

    private static Map<String, String> problem(String severity, String message) {
        Map<String, String> problem = new LinkedHashMap<>();
        problem.put("severity", severity);
        problem.put("message", message);
        return problem;
    }

    @Override
    public void writeText(PrintStream out) {
        out.print("\nOn AWS, create_cluster creates:\n\n" + resources.text() + "\n" + price.text());
    }
}
