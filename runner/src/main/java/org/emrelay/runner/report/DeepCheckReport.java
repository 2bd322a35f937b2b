package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.StepName;

/**
 * The problems of a pipeline, including those found by the checks of its steps.
 *
 * @param checked the steps whose check was started
 * @param unchecked the reasons why the other checks were not started, by step
 * @param unread the URIs of checked steps' inputs that are not on this computer, by step and name
 */
public record DeepCheckReport(
        ProblemReport problems, List<StepName> checked, Map<StepName, String> unchecked, Map<String, String> unread)
        implements Report {
    public DeepCheckReport {
        checked = List.copyOf(checked);
        unchecked = new LinkedHashMap<>(unchecked);
        unread = new LinkedHashMap<>(unread);
    }

    public boolean isValid() {
        return problems.problems().stream().noneMatch(Problem::isError);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>(problems.document());
        document.put("checked", checked.stream().map(StepName::value).toList());
        Map<String, String> reasons = new LinkedHashMap<>();
        unchecked.forEach((step, reason) -> reasons.put(step.value(), reason));
        document.put("not_checked", reasons);
        document.put("not_read", unread);
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (!checked.isEmpty()) {
            out.println("Started with their check: " + names(checked) + ".");
        }
        unchecked.forEach((step, reason) -> out.println("Not started: " + step + " (" + reason + ")."));
        unread.forEach((input, uri) -> out.println("Not read: " + input + " (" + uri + " is not on this computer)."));
        problems.writeText(out);
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }
}
